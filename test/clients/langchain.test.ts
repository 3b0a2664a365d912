import type { AIMessageChunk, UsageMetadata } from "@langchain/core/messages";
import { ChatOpenAI } from "@langchain/openai";
import { PROMPT, type ClientCall, type Reading } from "./support/client-call.ts";
import { describeFixtures, isResponse } from "./support/fixture-suite.ts";
import { API_KEY, BASE_URL } from "./support/in-process.ts";

function createModel({ model, maxTokens, tools, fetch }: ClientCall, useResponsesApi = false) {
  const chat = new ChatOpenAI({
    model,
    useResponsesApi,
    apiKey: API_KEY,
    maxRetries: 0,
    configuration: { baseURL: BASE_URL, fetch },
    ...(maxTokens === undefined ? {} : { maxTokens }),
  });
  const declared = tools.map(({ parameters, ...named }) => ({
    type: "function" as const,
    function: { ...named, parameters: { ...parameters } },
  }));
  return tools.length === 0 ? chat : chat.bindTools(declared);
}

function toReading(message: AIMessageChunk): Reading {
  const { text, tool_calls: calls = [], invalid_tool_calls: invalid = [] } = message;
  if (invalid.length > 0) throw new Error(`Invalid calls: ${JSON.stringify(invalid)}`);
  const reasoning = message.additional_kwargs["reasoning_content"];
  return {
    text,
    calls: calls.map(({ name, args }) => ({ name, arguments: args })),
    finish: String(message.response_metadata["finish_reason"]),
    usage: toUsage(message.usage_metadata),
    reasoning: typeof reasoning === "string" ? reasoning : "",
  };
}

/** Of a whole answer it leaves out each count that is zero, and keeps an empty object where there was no usage. */
function toUsage(usage: Partial<UsageMetadata> | undefined): Reading["usage"] {
  if (usage?.total_tokens === undefined) return undefined;
  return [usage.input_tokens ?? 0, usage.output_tokens ?? 0, usage.total_tokens];
}

async function readStream(chunks: AsyncIterable<AIMessageChunk>): Promise<AIMessageChunk> {
  let whole: AIMessageChunk | undefined;
  for await (const chunk of chunks) whole = whole === undefined ? chunk : whole.concat(chunk);
  if (whole === undefined) throw new Error("The stream has no chunk.");
  return whole;
}

describeFixtures({
  "ChatOpenAI, invoke": async (call) => toReading(await createModel(call).invoke(PROMPT)),
  "ChatOpenAI, stream": async (call) => toReading(await readStream(await createModel(call).stream(PROMPT))),
});

/** Of a response it names no finish reason, puts reasoning elsewhere, and counts zeros where no usage came. */
function toResponseReading(message: AIMessageChunk): Reading {
  const { text, calls, usage } = toReading(message);
  return { text, calls, usage: usage?.[2] === 0 ? undefined : usage };
}

describeFixtures(
  {
    "ChatOpenAI over responses, invoke": async (call) =>
      toResponseReading(await createModel(call, true).invoke(PROMPT)),
    "ChatOpenAI over responses, stream": async (call) =>
      toResponseReading(await readStream(await createModel(call, true).stream(PROMPT))),
  },
  isResponse,
);
