import { OpenAI } from "openai";
import { OpenAI as OpenAIv6 } from "openai-v6";
import { zodFunction } from "openai/helpers/zod";
import { describe, expect, it } from "vitest";
import { API_KEY, BASE_URL, createInProcessGateway } from "./support/in-process.ts";
import {
  createFunctions,
  loopCases,
  loopGateway,
  multiply,
  oddModels,
  oddTask,
  weather,
} from "./support/loop-tools.ts";

function createTools() {
  const { calls, ...functions } = createFunctions();
  const tools = [
    zodFunction({ ...multiply, function: functions.multiply }),
    zodFunction({ ...weather, function: functions.getWeather }),
  ];
  return { calls, tools };
}

function clientOptions() {
  return { apiKey: API_KEY, baseURL: BASE_URL, maxRetries: 0, fetch: createInProcessGateway(loopGateway).fetch };
}

describe("runTools of openai 7", () => {
  it.each(loopCases)("ends in a text that quotes the results: %s", async (_title, { model, question, ...expected }) => {
    const { calls, tools } = createTools();
    const messages = [{ role: "user" as const, content: question }];
    const runner = new OpenAI(clientOptions()).chat.completions.runTools({ model, messages, tools });
    const content = await runner.finalContent();
    expect(calls).toEqual(expected.calls);
    for (const quote of expected.quotes) expect(content).toContain(quote);
  });

  it.each(loopCases)("does the same streamed: %s", async (_title, { model, question, ...expected }) => {
    const { calls, tools } = createTools();
    const messages = [{ role: "user" as const, content: question }];
    const runner = new OpenAI(clientOptions()).chat.completions.runTools({ model, messages, tools, stream: true });
    const deltas: string[] = [];
    runner.on("content", (delta) => deltas.push(delta));
    const content = await runner.finalContent();
    expect(calls).toEqual(expected.calls);
    for (const quote of expected.quotes) expect(content).toContain(quote);
    expect(deltas.join("")).toContain(content);
  });
});

describe("runTools of openai 7, streamed", () => {
  it.each(oddModels)("takes calls in every shape: %s", async (model) => {
    const { calls, tools } = createTools();
    const messages = [{ role: "user" as const, content: oddTask.question }];
    const runner = new OpenAI(clientOptions()).chat.completions.runTools({ model, messages, tools, stream: true });
    expect(await runner.finalContent()).toContain(oddTask.quotes[0]);
    expect(calls).toEqual(oddTask.calls);
  });
});

describe("runTools of openai 6", () => {
  it.each(loopCases)("does the same: %s", async (_title, { model, question, ...expected }) => {
    const { calls, tools } = createTools();
    const messages = [{ role: "user" as const, content: question }];
    const runner = new OpenAIv6(clientOptions()).chat.completions.runTools({ model, messages, tools });
    const content = await runner.finalContent();
    expect(calls).toEqual(expected.calls);
    for (const quote of expected.quotes) expect(content).toContain(quote);
  });
});
