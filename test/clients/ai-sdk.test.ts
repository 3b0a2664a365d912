import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import {
  generateText,
  jsonSchema,
  streamText,
  tool,
  type LanguageModel,
  type LanguageModelUsage,
  type ToolSet,
} from "ai";
import { PROMPT, type ClientCall, type Reading } from "./support/client-call.ts";
import { describeFixtures, isResponse } from "./support/fixture-suite.ts";
import { API_KEY, BASE_URL } from "./support/in-process.ts";

function requestOf({ maxTokens, tools }: ClientCall, model: LanguageModel) {
  const declared: ToolSet = {};
  for (const { name, description, parameters } of tools) {
    declared[name] = tool({ description, inputSchema: jsonSchema({ ...parameters }) });
  }
  return {
    model,
    prompt: PROMPT,
    maxRetries: 0,
    ...(maxTokens === undefined ? {} : { maxOutputTokens: maxTokens }),
    ...(tools.length === 0 ? {} : { tools: declared }),
  };
}

interface Result {
  readonly text: string;
  readonly toolCalls: readonly { toolName: string; input: unknown; invalid?: boolean | undefined }[];
  readonly finishReason: string;
  readonly usage: LanguageModelUsage;
  readonly reasoningText: string | undefined;
}

function toReading({ text, toolCalls, finishReason, usage, reasoningText }: Result): Omit<Reading, "reasoning"> & {
  reasoning: string;
} {
  const { inputTokens, outputTokens, totalTokens } = usage;
  return {
    text,
    calls: toolCalls.map(({ toolName, input, invalid }) => {
      if (invalid === true) throw new Error(`An invalid call of ${toolName}.`);
      return { name: toolName, arguments: input };
    }),
    // Its own spelling of the same reasons.
    finish: finishReason.replace("tool-calls", "tool_calls"),
    usage:
      inputTokens === undefined || outputTokens === undefined || totalTokens === undefined
        ? undefined
        : [inputTokens, outputTokens, totalTokens],
    reasoning: reasoningText ?? "",
  };
}

async function readStream(call: ClientCall, model: LanguageModel) {
  // It gives errors to a callback and in the full stream; its stream of texts ends as if nothing had been.
  const result = streamText({ ...requestOf(call, model), onError: () => undefined });
  for await (const part of result.fullStream) if (part.type === "error") throw part.error;
  return toReading({
    text: await result.text,
    toolCalls: await result.toolCalls,
    finishReason: await result.finishReason,
    usage: await result.usage,
    reasoningText: await result.reasoningText,
  });
}

const settings = ({ fetch }: ClientCall) => ({ apiKey: API_KEY, baseURL: BASE_URL, fetch });

const compatible = (call: ClientCall) =>
  createOpenAICompatible({ ...settings(call), name: "flaregate", includeUsage: true })(call.model);
const official = (call: ClientCall) => createOpenAI(settings(call)).chat(call.model);

const responses = (call: ClientCall) => createOpenAI(settings(call)).responses(call.model);

/** OpenAI's chat completions have no reasoning, and this provider looks for none. */
function withoutReasoning({ reasoning: _unread, ...reading }: Reading): Reading {
  return reading;
}

describeFixtures({
  "@ai-sdk/openai-compatible, generateText": async (call) =>
    toReading(await generateText(requestOf(call, compatible(call)))),
  "@ai-sdk/openai-compatible, streamText": (call) => readStream(call, compatible(call)),
  "@ai-sdk/openai, generateText": async (call) =>
    withoutReasoning(toReading(await generateText(requestOf(call, official(call))))),
  "@ai-sdk/openai, streamText": async (call) => withoutReasoning(await readStream(call, official(call))),
});

// It reads summaries of reasoning, which there are none of.
describeFixtures(
  {
    "@ai-sdk/openai responses, generateText": async (call) =>
      withoutReasoning(toReading(await generateText(requestOf(call, responses(call))))),
    "@ai-sdk/openai responses, streamText": async (call) => withoutReasoning(await readStream(call, responses(call))),
  },
  isResponse,
);
