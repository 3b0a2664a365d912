import { Agent, OpenAIChatCompletionsModel, OpenAIResponsesModel, run, setTracingDisabled, tool } from "@openai/agents";
import { OpenAI } from "openai";
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

setTracingDisabled(true);

const apis = [
  ["chat completions", OpenAIChatCompletionsModel],
  ["responses", OpenAIResponsesModel],
] as const;

type ModelClass = (typeof apis)[number][1];

function createModel(Model: ModelClass, model: string) {
  const { fetch } = createInProcessGateway(loopGateway);
  return new Model(new OpenAI({ apiKey: API_KEY, baseURL: BASE_URL, maxRetries: 0, fetch }), model);
}

function createAgent(Model: ModelClass, model: string) {
  const { calls, ...functions } = createFunctions();
  const tools = [
    tool({ ...multiply, execute: functions.multiply }),
    tool({ ...weather, execute: functions.getWeather }),
  ];
  const instructions = "You are a helpful assistant.";
  return { calls, agent: new Agent({ name: "Assistant", instructions, model: createModel(Model, model), tools }) };
}

describe.each(apis)("a run of the Agents SDK over %s", (_api, Model) => {
  it.each(loopCases)("ends in a text that quotes the results: %s", async (_title, { model, question, ...expected }) => {
    const { calls, agent } = createAgent(Model, model);
    const { finalOutput } = await run(agent, question, { maxTurns: 5 });
    expect(calls).toEqual(expected.calls);
    for (const quote of expected.quotes) expect(finalOutput).toContain(quote);
  });

  it.each(loopCases)("does the same streamed: %s", async (_title, { model, question, ...expected }) => {
    const { calls, agent } = createAgent(Model, model);
    const result = await run(agent, question, { maxTurns: 5, stream: true });
    let text = "";
    for await (const piece of result.toTextStream()) text += piece;
    await result.completed;
    expect(calls).toEqual(expected.calls);
    for (const quote of expected.quotes) expect(result.finalOutput).toContain(quote);
    expect(text).toContain(result.finalOutput);
  });

  it.each(oddModels)("takes calls in every shape, streamed: %s", async (model) => {
    const { calls, agent } = createAgent(Model, model);
    const result = await run(agent, oddTask.question, { maxTurns: 5, stream: true });
    await result.completed;
    expect(result.finalOutput).toContain(oddTask.quotes[0]);
    expect(calls).toEqual(oddTask.calls);
  });

  it.each(loopModels)("hands off to another agent, which calls its tool and answers: %s", async (model) => {
    for (const stream of [false, true]) {
      const { agent, looked } = createDesk(Model, model);
      const question = "I was charged twice on my invoice 4711.";
      const result = stream ? await run(agent, question, { stream: true }) : await run(agent, question);
      if ("completed" in result) await result.completed;
      expect(result.lastAgent?.name).toBe("Billing agent");
      expect(looked).toHaveLength(1);
      expect(result.finalOutput).toContain("refund");
    }
  });

  it.each(loopModels)("gives an object that follows the schema: %s", async (model) => {
    const outputType = z.object({ name: z.string(), age: z.number().int() });
    const agent = new Agent({
      name: "Extractor",
      instructions: "Extract.",
      model: createModel(Model, model),
      outputType,
    });
    const { finalOutput } = await run(agent, "Extract: Ada Lovelace is 36 years old.");
    expect(finalOutput).toEqual({ name: "Ada Lovelace", age: 36 });
  });
});

/** Two agents: one that sorts what comes in, and one that knows of invoices. */
function createDesk(Model: ModelClass, model: string) {
  const looked: string[] = [];
  const findInvoice = tool({
    name: "find_invoice",
    description: "Finds an invoice by its number and tells what it was charged",
    parameters: z.object({ number: z.string() }),
    execute: ({ number }) => {
      looked.push(number);
      return `Invoice ${number} was charged twice; a refund is due.`;
    },
  });
  const shared = { model: createModel(Model, model) };
  const billing = new Agent({
    ...shared,
    name: "Billing agent",
    handoffDescription: "Invoices, charges and payments.",
    instructions: "You answer questions about invoices.",
    tools: [findInvoice],
  });
  const support = new Agent({
    ...shared,
    name: "Technical support",
    handoffDescription: "Errors, crashes and passwords.",
    instructions: "You solve technical problems.",
  });
  const agent = Agent.create({
    ...shared,
    name: "Reception",
    instructions: "You hand each customer to the right agent.",
    handoffs: [billing, support],
  });
  return { agent, looked };
}
