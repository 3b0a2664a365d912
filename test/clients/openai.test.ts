import { OpenAI } from "openai";
import { OpenAI as OpenAIv4, type ClientOptions as ClientOptionsv4 } from "openai-v4";
import { OpenAI as OpenAIv6 } from "openai-v6";
import type { ChatCompletion, ChatCompletionChunk } from "openai/resources/chat/completions";
import { parseArguments, PROMPT, type ClientCall, type Reading } from "./support/client-call.ts";
import { describeFixtures } from "./support/fixture-suite.ts";
import { API_KEY, BASE_URL } from "./support/in-process.ts";

function optionsOf({ fetch }: ClientCall) {
  return { apiKey: API_KEY, baseURL: BASE_URL, maxRetries: 0, fetch };
}

function createV4(call: ClientCall): OpenAIv4 {
  // Its types are those of node-fetch, a class for class equal of the platform's in what the client reads of them.
  const fetch = call.fetch as unknown as NonNullable<ClientOptionsv4["fetch"]>;
  return new OpenAIv4({ ...optionsOf(call), fetch });
}

function requestOf({ model, maxTokens, tools }: ClientCall, strict = false) {
  return {
    model,
    messages: [{ role: "user" as const, content: PROMPT }],
    ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
    ...(tools.length === 0
      ? {}
      : {
          tools: tools.map(({ parameters, ...named }) => ({
            type: "function" as const,
            function: { ...named, strict, parameters: { ...parameters } },
          })),
        }),
  };
}

const streamed = { stream: true, stream_options: { include_usage: true } } as const;

function toReading({ choices, usage }: Pick<ChatCompletion, "choices" | "usage">): Reading {
  const [choice, ...others] = choices;
  if (choice === undefined || others.length > 0) throw new Error(`There are ${choices.length} choices.`);
  const { message, finish_reason: finish } = choice;
  const reasoning = "reasoning_content" in message ? String(message.reasoning_content) : "";
  return {
    text: message.content ?? "",
    calls: (message.tool_calls ?? []).map((call) => {
      if (call.type !== "function") throw new Error(`A call of the type ${call.type}.`);
      return { name: call.function.name, arguments: parseArguments(call.function.arguments) };
    }),
    finish,
    // The stream helpers keep the null of the chunks where no usage came.
    usage: usage == null ? undefined : [usage.prompt_tokens, usage.completion_tokens, usage.total_tokens],
    reasoning,
  };
}

/** Of the members that OpenAI does not have, the stream helpers keep the last piece. */
function toHelperReading(completion: Pick<ChatCompletion, "choices" | "usage">): Reading {
  const { reasoning: _lastPiece, ...reading } = toReading(completion);
  return reading;
}

/** What an application does that reads the chunks itself. */
async function readChunks(chunks: AsyncIterable<ChatCompletionChunk>): Promise<Reading> {
  let text = "";
  let reasoning = "";
  let finish: string | undefined;
  let usage: Reading["usage"];
  const calls: { name: string; arguments: string }[] = [];
  for await (const chunk of chunks) {
    if (chunk.usage) usage = [chunk.usage.prompt_tokens, chunk.usage.completion_tokens, chunk.usage.total_tokens];
    for (const { delta, finish_reason: reason } of chunk.choices) {
      text += delta.content ?? "";
      if ("reasoning_content" in delta) reasoning += String(delta.reasoning_content);
      for (const { index, function: piece } of delta.tool_calls ?? []) {
        const call = (calls[index] ??= { name: "", arguments: "" });
        call.name += piece?.name ?? "";
        call.arguments += piece?.arguments ?? "";
      }
      finish = reason ?? finish;
    }
  }
  const parsed = calls.map((call) => ({ name: call.name, arguments: parseArguments(call.arguments) }));
  return { text, calls: parsed, finish, usage, reasoning };
}

describeFixtures({
  "openai 4, create": async (call) => toReading(await createV4(call).chat.completions.create(requestOf(call))),
  "openai 4, create with stream": async (call) =>
    readChunks(await createV4(call).chat.completions.create({ ...requestOf(call), ...streamed })),
  "openai 4, beta stream helper": async (call) =>
    toHelperReading(
      await createV4(call)
        .beta.chat.completions.stream({ ...requestOf(call), ...streamed })
        .finalChatCompletion(),
    ),
  "openai 6, create": async (call) =>
    toReading(await new OpenAIv6(optionsOf(call)).chat.completions.create(requestOf(call))),
  "openai 6, create with stream": async (call) =>
    readChunks(await new OpenAIv6(optionsOf(call)).chat.completions.create({ ...requestOf(call), ...streamed })),
  "openai 6, stream helper": async (call) => {
    const client = new OpenAIv6(optionsOf(call));
    return toHelperReading(
      await client.chat.completions.stream({ ...requestOf(call), ...streamed }).finalChatCompletion(),
    );
  },
  "openai 7, create": async (call) =>
    toReading(await new OpenAI(optionsOf(call)).chat.completions.create(requestOf(call))),
  "openai 7, create with stream": async (call) =>
    readChunks(await new OpenAI(optionsOf(call)).chat.completions.create({ ...requestOf(call), ...streamed })),
  "openai 7, stream helper": async (call) => {
    const client = new OpenAI(optionsOf(call));
    return toHelperReading(
      await client.chat.completions.stream({ ...requestOf(call), ...streamed }).finalChatCompletion(),
    );
  },
  "openai 7, stream helper with strict tools": async (call) => {
    const client = new OpenAI(optionsOf(call));
    const request = { ...requestOf(call, true), ...streamed };
    return toHelperReading(await client.chat.completions.stream(request).finalChatCompletion());
  },
});
