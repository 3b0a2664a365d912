import { HumanMessage, type AIMessageChunk, type BaseMessage } from "@langchain/core/messages";
import { tool, type StructuredToolInterface } from "@langchain/core/tools";
import { ChatOpenAI } from "@langchain/openai";
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

function createModel(model: string, useResponsesApi = false): ChatOpenAI {
  const { fetch } = createInProcessGateway(loopGateway);
  const configuration = { baseURL: BASE_URL, fetch };
  return new ChatOpenAI({ model, useResponsesApi, apiKey: API_KEY, maxRetries: 0, configuration });
}

type Ask = (messages: BaseMessage[]) => Promise<AIMessageChunk>;

/** The loop of LangChain's documentation: call what the model asks for until it asks for nothing. */
async function loop(model: string, question: string, streamed: boolean, useResponsesApi = false) {
  const { calls, ...functions } = createFunctions();
  const tools: StructuredToolInterface[] = [
    tool(functions.multiply, { ...multiply, schema: multiply.parameters }),
    tool(functions.getWeather, { ...weather, schema: weather.parameters }),
  ];
  const bound = createModel(model, useResponsesApi).bindTools(tools);
  const ask: Ask = streamed
    ? async (messages) => joinChunks(await bound.stream(messages))
    : (messages) => bound.invoke(messages);
  const messages: BaseMessage[] = [new HumanMessage(question)];
  for (let round = 0; round < 5; round += 1) {
    const answer = await ask(messages);
    messages.push(answer);
    const toolCalls = answer.tool_calls ?? [];
    if (toolCalls.length === 0) return { calls, text: answer.text };
    for (const call of toolCalls) {
      const called = tools.find(({ name }) => name === call.name);
      if (called === undefined) throw new Error(`There is no tool ${call.name}.`);
      messages.push(await called.invoke({ ...call, type: "tool_call" }));
    }
  }
  throw new Error("The loop does not end.");
}

async function joinChunks(stream: AsyncIterable<AIMessageChunk>): Promise<AIMessageChunk> {
  let whole: AIMessageChunk | undefined;
  for await (const chunk of stream) whole = whole === undefined ? chunk : whole.concat(chunk);
  if (whole === undefined) throw new Error("The stream has no chunk.");
  return whole;
}

describe.each([false, true])("a loop with LangChain's bindTools over responses (streamed: %s)", (streamed) => {
  it.each(loopCases)("ends in a text that quotes the results: %s", async (_title, { model, question, ...expected }) => {
    const { calls, text } = await loop(model, question, streamed, true);
    expect(calls).toEqual(expected.calls);
    for (const quote of expected.quotes) expect(text).toContain(quote);
  });
});

describe("a loop with LangChain's bindTools", () => {
  it.each(loopCases)("ends in a text that quotes the results: %s", async (_title, { model, question, ...expected }) => {
    const { calls, text } = await loop(model, question, false);
    expect(calls).toEqual(expected.calls);
    for (const quote of expected.quotes) expect(text).toContain(quote);
  });

  it.each(loopCases)("does the same streamed: %s", async (_title, { model, question, ...expected }) => {
    const { calls, text } = await loop(model, question, true);
    expect(calls).toEqual(expected.calls);
    for (const quote of expected.quotes) expect(text).toContain(quote);
  });
});

describe("a streamed loop with LangChain's bindTools", () => {
  it.each(oddModels)("takes calls in every shape: %s", async (model) => {
    const { calls, text } = await loop(model, oddTask.question, true);
    expect(text).toContain(oddTask.quotes[0]);
    expect(calls).toEqual(oddTask.calls);
  });
});

describe("LangChain's withStructuredOutput", () => {
  const schema = z.object({ name: z.string(), age: z.number().int() });

  it.each(loopModels)("gives an object that follows the schema: %s", async (model) => {
    for (const method of ["jsonSchema", "functionCalling"] as const) {
      const structured = createModel(model).withStructuredOutput(schema, { method, name: "person" });
      expect(await structured.invoke("Extract: Ada Lovelace is 36 years old.")).toEqual({
        name: "Ada Lovelace",
        age: 36,
      });
    }
  });
});
