import { describe, expect, it } from "vitest";
import { createTestGateway } from "../support/gateway.ts";
import { checkChatStream } from "./support/check-chat-stream.ts";
import { checkChatCompletion, checkTextCompletion, checkTextStream } from "./support/check-completions.ts";
import { ask, GEMMA, GPT_OSS, GRANITE, LLAMA, timeTool, weatherTool } from "./support/samples.ts";

/**
 * Parameters that change what the gateway does with an answer: the form of the answer stays OpenAI's. Usage is asked for
 * but where a stop sequence ends the answer: the gateway may then have cancelled the upstream, which has told none yet.
 */

const schema = {
  type: "object",
  properties: { city: { type: "string" } },
  required: ["city"],
  additionalProperties: false,
};
const jsonSchema = { type: "json_schema", json_schema: { name: "place", schema, strict: true } };
const weather = ask("What is the weather in Paris and in Rome?");
const { function: weatherFunction } = weatherTool;

const chatFeatures: readonly (readonly [string, object])[] = [
  ["n", { messages: ask("Count to 5"), n: 3 }],
  ["n with a seed and a stop sequence", { messages: ask("Count to 9"), n: 2, seed: 3, stop: ["6"] }],
  ["n with tools", { messages: weather, n: 2, tools: [weatherTool] }],
  ["a stop sequence at once", { messages: ask("Say exactly: stop here"), stop: ["stop"] }],
  ["max_tokens of one", { messages: ask("Tell me about the sea."), max_tokens: 1 }],
  ["parallel_tool_calls false", { messages: weather, tools: [weatherTool], parallel_tool_calls: false }],
  ["a required tool call", { messages: ask("Good morning!"), tools: [weatherTool, timeTool], tool_choice: "required" }],
  ["legacy functions", { messages: weather, functions: [weatherFunction] }],
  ["a JSON schema", { messages: ask("Where is the Louvre?"), response_format: jsonSchema }],
  ["a JSON object", { messages: ask('Answer in JSON with the key "city".'), response_format: { type: "json_object" } }],
  ["a JSON schema beside tools", { messages: weather, tools: [weatherTool], response_format: jsonSchema }],
  ["a reasoning effort", { messages: ask("Hello!"), reasoning_effort: "high" }],
  ["no reasoning", { messages: ask("Hello!"), reasoning_effort: "none" }],
  ["text with every kind of character", { messages: ask('Say exactly: "é\\n\u2028 🌊 data: [DONE] </think>') }],
  ["an empty question", { messages: ask("") }],
];

describe.each([LLAMA, GEMMA, GPT_OSS])("the form of a chat of %s stays with", (model) => {
  const gateway = createTestGateway({ emulator: { quirks: true } });

  it.each(chatFeatures)("%s", async (_, feature) => {
    const whole = await (await gateway.post("/v1/chat/completions", { model, ...feature })).json();
    expect(checkChatCompletion(whole)).toEqual([]);
    const includeUsage = !("stop" in feature);
    const streaming = { stream: true, stream_options: { include_usage: includeUsage } };
    const response = await gateway.post("/v1/chat/completions", { model, ...feature, ...streaming });
    const { problems, choices } = checkChatStream(await response.text(), { includeUsage });
    expect(problems).toEqual([]);
    expect(choices).toHaveLength("n" in feature ? Number(feature.n) : 1);
  });
});

const textFeatures: readonly (readonly [string, object, number])[] = [
  ["several prompts", { prompt: ["One", "Two", "Three"] }, 3],
  ["several prompts, each twice", { prompt: ["One", "Two"], n: 2, seed: 9 }, 4],
  ["echo", { prompt: "The sea", echo: true }, 1],
  ["echo of several prompts", { prompt: ["The sea", "The sky"], echo: true }, 2],
  ["a stop sequence", { prompt: "Count to 9", stop: "4", max_tokens: 40 }, 1],
  ["no prompt", {}, 1],
  ["a limit of zero", { prompt: "The sea", max_tokens: 0, echo: true }, 1],
];

describe.each([GRANITE, LLAMA, GEMMA])("the form of a text completion of %s stays with", (model) => {
  const gateway = createTestGateway({ emulator: { quirks: true } });

  it.each(textFeatures)("%s", async (_, feature, count) => {
    const whole: unknown = await (await gateway.post("/v1/completions", { model, ...feature })).json();
    expect(checkTextCompletion(whole)).toEqual([]);
    const includeUsage = !("stop" in feature);
    const streaming = { stream: true, stream_options: { include_usage: includeUsage } };
    const response = await gateway.post("/v1/completions", { model, ...feature, ...streaming });
    const { problems, texts } = checkTextStream(await response.text(), { includeUsage });
    expect(problems).toEqual([]);
    expect(texts).toHaveLength(count);
  });
});
