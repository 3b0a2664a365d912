import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText, Output, stepCountIs, streamText, tool } from "ai";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { API_KEY, BASE_URL, createInProcessGateway } from "./support/in-process.ts";
import {
  createFunctions,
  loopCases,
  loopGateway,
  loopModels,
  multiply,
  oddModels,
  oddTask,
  weather,
} from "./support/loop-tools.ts";

function createTools() {
  const { calls, ...functions } = createFunctions();
  const tools = {
    [multiply.name]: tool({ ...multiply, inputSchema: multiply.parameters, execute: functions.multiply }),
    [weather.name]: tool({ ...weather, inputSchema: weather.parameters, execute: functions.getWeather }),
  };
  // Nothing is stored here: what was said goes back whole, and not by reference.
  const providerOptions = { openai: { store: false } };
  return { calls, tools, stopWhen: stepCountIs(5), maxRetries: 0, providerOptions };
}

function settings() {
  return { apiKey: API_KEY, baseURL: BASE_URL, fetch: createInProcessGateway(loopGateway).fetch };
}

const providers = [
  [
    "@ai-sdk/openai-compatible",
    (model: string) =>
      createOpenAICompatible({ ...settings(), name: "flaregate", supportsStructuredOutputs: true })(model),
  ],
  ["@ai-sdk/openai", (model: string) => createOpenAI(settings()).chat(model)],
  ["@ai-sdk/openai, responses", (model: string) => createOpenAI(settings()).responses(model)],
] as const;

describe.each(providers)("the steps of the AI SDK with %s", (_name, provide) => {
  it.each(loopCases)("end in a text that quotes the results: %s", async (_title, { model, question, ...expected }) => {
    const { calls, ...options } = createTools();
    const { text, steps, finishReason } = await generateText({ ...options, model: provide(model), prompt: question });
    expect(calls).toEqual(expected.calls);
    for (const quote of expected.quotes) expect(text).toContain(quote);
    expect(finishReason).toBe("stop");
    expect(steps.length).toBeLessThan(5);
  });

  it.each(loopCases)("do the same streamed: %s", async (_title, { model, question, ...expected }) => {
    const { calls, ...options } = createTools();
    const errors: unknown[] = [];
    const onError = ({ error }: { error: unknown }) => void errors.push(error);
    const result = streamText({ ...options, model: provide(model), prompt: question, onError });
    const text = await result.text;
    expect(errors).toEqual([]);
    expect(calls).toEqual(expected.calls);
    for (const quote of expected.quotes) expect(text).toContain(quote);
    expect(await result.finishReason).toBe("stop");
  });

  it.each(oddModels)("take calls in every shape, streamed: %s", async (model) => {
    const { calls, ...options } = createTools();
    const text = await streamText({ ...options, model: provide(model), prompt: oddTask.question }).text;
    expect(text).toContain(oddTask.quotes[0]);
    expect(calls).toEqual(oddTask.calls);
  });

  it.each(loopModels)("give an object that follows the schema: %s", async (model) => {
    const output = Output.object({ schema: z.object({ name: z.string(), age: z.number().int() }) });
    const prompt = "Extract: Ada Lovelace is 36 years old.";
    const result = await generateText({ model: provide(model), prompt, output, maxRetries: 0 });
    expect(result.output).toEqual({ name: "Ada Lovelace", age: 36 });
  });
});
