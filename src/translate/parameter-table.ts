import { unservedByChat, unservedByCompletions } from "./unserved.ts";

/**
 * Every parameter of the two completion endpoints and what happens to it. The README's table is made from these rows; what
 * a model supports is in `parameter-support.ts`, which the deployed Worker needs without these texts.
 */
export interface ParameterRow {
  readonly name: string;
  readonly endpoints: readonly ("chat" | "completions")[];
  /** What happens to the parameter, in a few words of Markdown. */
  readonly treatment: string;
}

const both = ["chat", "completions"] as const;
const chat = ["chat"] as const;
const completions = ["completions"] as const;

function row(name: string, endpoints: ParameterRow["endpoints"], treatment: string): ParameterRow {
  return { name, endpoints, treatment };
}

const served: readonly ParameterRow[] = [
  row("model", both, "catalogue id, alias, or any other Workers AI id; a retired model is answered by its successor"),
  row("models", both, "this gateway's own: models to try in this order when `model` fails"),
  row(
    "messages",
    chat,
    "every role; `developer` becomes `system`, parts become text, images go to models that read them",
  ),
  row("prompt", completions, "a text, or several (emulated by one call each); token ids are refused"),
  row("suffix", completions, "models that have learnt to fill in text; refused by the others"),
  row("echo", completions, "emulated"),
  row(
    "best_of",
    completions,
    "emulated by that many calls, of which the likeliest are shown; refused by models without log probabilities",
  ),
  row("logprobs", both, "passed on to models with OpenAI's inputs; refused by the others"),
  row("top_logprobs", chat, "like `logprobs`"),
  row(
    "max_completion_tokens",
    chat,
    "lowered to what the window and the model leave; unset, as much as the window leaves",
  ),
  row(
    "max_tokens",
    both,
    "lowered to what the window and the model leave; unset, in a text completion 16, in a chat as much as the window leaves. Beside `max_completion_tokens` it is ignored",
  ),
  row("temperature", both, "passed on; unset, the model's own default"),
  row("top_p", both, "passed on; 0 becomes the least that the model takes"),
  row("seed", both, "passed on; values outside the model's range are folded into it"),
  row(
    "frequency_penalty",
    both,
    "passed on; refused where the model has no such range (native models take no negative one)",
  ),
  row("presence_penalty", both, "like `frequency_penalty`"),
  row("top_k", both, "Workers AI's own: passed on, brought into the model's range"),
  row("repetition_penalty", both, "Workers AI's own: passed on"),
  row("raw", both, "Workers AI's own: passed on"),
  row("lora", both, "Workers AI's own: passed on"),
  row("stop", both, "passed on, or emulated: the stream is cut at the first match and the upstream cancelled"),
  row("n", both, "emulated: one call for each choice, started together; usage is their sum"),
  row("stream", both, "server-sent events in OpenAI's order"),
  row(
    "stream_options",
    both,
    "`include_usage` as documented; the padding of the upstream is passed on as `obfuscation`, unless `include_obfuscation` is false",
  ),
  row(
    "usage",
    both,
    "OpenRouter's: `include: true` adds `cost`, in US dollars, and `neurons` to the usage, in a stream as well",
  ),
  row("tools", chat, "functions; tools of type `custom` are emulated by a function with one text"),
  row(
    "tool_choice",
    chat,
    "passed on, or emulated; an answer without the required call is asked for once more, forced",
  ),
  row("parallel_tool_calls", chat, "passed on, or emulated: `false` keeps the first call"),
  row("functions", chat, "emulated by `tools`; the answer has `function_call`"),
  row("function_call", chat, "emulated by `tool_choice`"),
  row(
    "response_format",
    chat,
    "the model's JSON mode, or emulated in words; with `strict` the answer is checked against the schema and mended once",
  ),
  row("reasoning_effort", chat, "in the levels that the model has; ignored by models without any"),
  row("user", both, "keeps a conversation on the machine that has its beginning cached; without it the key does"),
  row("prompt_cache_key", chat, "like `user`, in its place where there are both"),
];

/** The parameters that are served with every model or with some, then those that are served with none. */
export const parameterTable: readonly ParameterRow[] = [...served, ...toUnservedRows()];

/** The table as Markdown. */
export function toParameterMarkdown(): string {
  const rows = parameterTable.map(
    ({ name, endpoints, treatment }) =>
      `| \`${name}\` | ${endpoints.includes("chat") ? "yes" : ""} | ${endpoints.includes("completions") ? "yes" : ""} | ${treatment} |`,
  );
  return ["| parameter | chat | completions | what happens to it |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

function toUnservedRows(): ParameterRow[] {
  const rows = new Map<string, ParameterRow>();
  const known = new Set(served.map(({ name }) => name));
  for (const [endpoint, table] of [
    ["chat", unservedByChat],
    ["completions", unservedByCompletions],
  ] as const) {
    for (const { name, treatment, reason } of table) {
      // Served with some models: its own row says so.
      if (known.has(name)) continue;
      const endpoints = [...(rows.get(name)?.endpoints ?? []), endpoint];
      rows.set(name, row(name, endpoints, `${treatment}: ${reason}`));
    }
  }
  return [...rows.values()];
}
