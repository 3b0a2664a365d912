import { unservedByResponses } from "./unserved-responses.ts";

/** A parameter of `POST /v1/responses`, and what happens to it, in a few words of Markdown. */
interface ParameterRow {
  readonly name: string;
  readonly treatment: string;
}

const served: readonly ParameterRow[] = [
  row("model", "catalogue id, alias, or any other Workers AI id; a retired model is answered by its successor"),
  row("models", "this gateway's own: models to try in this order when `model` fails"),
  row(
    "input",
    "a text, or items: messages of every role, calls and results of functions and custom tools, reasoning, compactions, references to stored items. Images go to models that read them; items of tools that are not served are left out and named (`input.web_search_call=ignored`)",
  ),
  row("instructions", "the first system message; those of a previous response are not carried over"),
  row(
    "previous_response_id",
    "the items of a stored response go before the input; refused (`previous_response_not_found`) where there is none",
  ),
  row("conversation", "the items of a stored conversation go before the input, and the new ones are added to it"),
  row("background", "made after the request has been answered; only with storage"),
  row("store", "kept for as long as `RESPONSE_LIFETIME_DAYS` says; without storage named as ignored"),
  row(
    "max_output_tokens",
    "16 at least; lowered to what the window and the model leave. Unset, as much as the window leaves",
  ),
  row("max_tool_calls", "there are no tools that run inside a response, so that it bounds nothing"),
  row("temperature", "passed on; unset, the model's own default, whatever the response shows"),
  row("top_p", "like `temperature`"),
  row("frequency_penalty", "Open Responses': passed on; refused where the model has no such range"),
  row("presence_penalty", "like `frequency_penalty`"),
  row("seed", "Workers AI's own: passed on"),
  row("top_k", "Workers AI's own: passed on, brought into the model's range"),
  row("repetition_penalty", "Workers AI's own: passed on"),
  row("raw", "Workers AI's own: passed on"),
  row("lora", "Workers AI's own: passed on"),
  row(
    "text",
    "`format`: the model's JSON mode, or emulated in words; with `strict` the answer is checked against the schema and mended once",
  ),
  row("reasoning", "`effort`: in the levels that the model has; ignored by models without any"),
  row(
    "tools",
    "functions; custom tools are emulated by a function with one text; those in a namespace are offered under names that begin with its name (`tools.namespace=emulated`); those of other types are left out and named (`tools.web_search=ignored`)",
  ),
  row("tool_choice", "passed on, or emulated; an answer without the required call is asked for once more, forced"),
  row("parallel_tool_calls", "passed on, or emulated: `false` keeps the first call"),
  row("stream", "server-sent events, with `[DONE]` at their end"),
  row(
    "stream_options",
    "the padding of the upstream is passed on as `obfuscation`, unless `include_obfuscation` is false",
  ),
  row(
    "include",
    "`message.output_text.logprobs` with models that report log probabilities, refused by the others; anything else is named (`include.reasoning.encrypted_content=ignored`)",
  ),
  row("top_logprobs", "with `message.output_text.logprobs`; ignored without it"),
  row(
    "truncation",
    "`auto` drops the oldest messages until the rest fits into the window (emulated); `disabled` refuses what does not fit",
  ),
  row("metadata", "shown in the response, and kept with it"),
  row("prompt_cache_key", "keeps a conversation on the machine that has its beginning cached"),
  row("usage", "OpenRouter's: `include: true` adds `cost`, in US dollars, and `neurons` to the usage"),
  row("user", "like `prompt_cache_key`, where there is none"),
];

/** The parameters that are served, then those that are not. Members of a parameter have their own rows. */
export const responsesParameterTable: readonly ParameterRow[] = [...served, ...toUnservedRows()];

/** The table as Markdown. */
export function toResponsesParameterMarkdown(): string {
  const rows = responsesParameterTable.map(({ name, treatment }) => `| \`${name}\` | ${treatment} |`);
  return ["| parameter | what happens to it |", "| --- | --- |", ...rows].join("\n");
}

function row(name: string, treatment: string): ParameterRow {
  return { name, treatment };
}

function toUnservedRows(): ParameterRow[] {
  const known = new Set(served.map(({ name }) => name));
  return unservedByResponses
    .filter(({ name }) => !known.has(name))
    .map(({ name, treatment, reason }) => row(name, `${treatment}: ${reason}`));
}
