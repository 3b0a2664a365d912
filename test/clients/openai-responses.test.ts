import { OpenAI } from "openai";
import { OpenAI as OpenAIv4, type ClientOptions as ClientOptionsv4 } from "openai-v4";
import { OpenAI as OpenAIv6 } from "openai-v6";
import type { Response, ResponseInputItem, ResponseStreamEvent } from "openai/resources/responses/responses";
import { zodResponsesFunction } from "openai/helpers/zod";
import { describe, expect, it } from "vitest";
import { parseArguments, PROMPT, type ClientCall, type Reading } from "./support/client-call.ts";
import { describeFixtures, isResponse } from "./support/fixture-suite.ts";
import { API_KEY, BASE_URL, createInProcessGateway } from "./support/in-process.ts";
import { createFunctions, loopCases, loopGateway, multiply, weather } from "./support/loop-tools.ts";

function createClient({ fetch }: Pick<ClientCall, "fetch">): OpenAI {
  return new OpenAI({ apiKey: API_KEY, baseURL: BASE_URL, maxRetries: 0, fetch });
}

/** Older clients have the same methods, whose types know less. */
function createOlder(version: 4 | 6, { fetch }: ClientCall): Pick<OpenAI["responses"], "create"> {
  const options = { apiKey: API_KEY, baseURL: BASE_URL, maxRetries: 0 };
  // Its types are those of node-fetch, a class for class equal of the platform's in what the client reads of them.
  const nodeFetch = fetch as unknown as NonNullable<ClientOptionsv4["fetch"]>;
  const client = version === 4 ? new OpenAIv4({ ...options, fetch: nodeFetch }) : new OpenAIv6({ ...options, fetch });
  return client.responses as unknown as OpenAI["responses"];
}

function requestOf({ model, maxTokens, tools }: ClientCall) {
  return {
    model,
    input: PROMPT,
    ...(maxTokens === undefined ? {} : { max_output_tokens: maxTokens }),
    tools: tools.map(({ parameters, ...named }) => ({
      type: "function" as const,
      ...named,
      strict: false,
      parameters: { ...parameters },
    })),
  };
}

function toReading({ output, output_text: text, usage }: Response): Reading {
  const calls = output.flatMap((item) =>
    item.type === "function_call" ? [{ name: item.name, arguments: parseArguments(item.arguments) }] : [],
  );
  const reasoning = output.flatMap((item) => (item.type === "reasoning" ? (item.content ?? []) : []));
  return {
    text,
    calls,
    // Null where no usage came, which the client's types do not know.
    usage: usage == null ? undefined : [usage.input_tokens, usage.output_tokens, usage.total_tokens],
    reasoning: reasoning.map((part) => part.text).join(""),
  };
}

/** What an application does that reads the events itself. */
async function readEvents(events: AsyncIterable<ResponseStreamEvent>): Promise<Reading> {
  let text = "";
  let reasoning = "";
  let usage: Reading["usage"];
  const calls: { name: string; arguments: unknown }[] = [];
  for await (const event of events) {
    if (event.type === "response.output_text.delta") text += event.delta;
    if (event.type === "response.reasoning_text.delta") reasoning += event.delta;
    if (event.type === "response.output_item.done" && event.item.type === "function_call") {
      calls.push({ name: event.item.name, arguments: parseArguments(event.item.arguments) });
    }
    if (event.type === "response.completed" || event.type === "response.incomplete") {
      const told = event.response.usage;
      if (told != null) usage = [told.input_tokens, told.output_tokens, told.total_tokens];
    }
  }
  return { text, calls, usage, reasoning };
}

describeFixtures(
  {
    "openai 4, responses.create": async (call) => toReading(await createOlder(4, call).create(requestOf(call))),
    "openai 4, responses.create with stream": async (call) =>
      readEvents(await createOlder(4, call).create({ ...requestOf(call), stream: true })),
    "openai 6, responses.create": async (call) => toReading(await createOlder(6, call).create(requestOf(call))),
    "openai 6, responses.create with stream": async (call) =>
      readEvents(await createOlder(6, call).create({ ...requestOf(call), stream: true })),
    "openai 7, responses.create": async (call) => toReading(await createClient(call).responses.create(requestOf(call))),
    "openai 7, responses.create with stream": async (call) =>
      readEvents(await createClient(call).responses.create({ ...requestOf(call), stream: true })),
    "openai 7, responses.stream": async (call) =>
      toReading(await createClient(call).responses.stream(requestOf(call)).finalResponse()),
    "openai 7, responses.parse": async (call) => toReading(await createClient(call).responses.parse(requestOf(call))),
  },
  isResponse,
);

/** Calls tools until the model answers in text, and keeps what was said itself. */
async function runTools(model: string, question: string, stream: boolean) {
  const { calls, ...functions } = createFunctions();
  const client = createClient(createInProcessGateway(loopGateway));
  const tools = [
    zodResponsesFunction({ ...multiply, function: functions.multiply }),
    zodResponsesFunction({ ...weather, function: functions.getWeather }),
  ];
  const input: ResponseInputItem[] = [{ role: "user", content: question }];
  for (let round = 0; round < 5; round += 1) {
    const request = { model, input: [...input], tools };
    const response = await (stream
      ? client.responses.stream(request).finalResponse()
      : client.responses.parse(request));
    const called = response.output.filter((item) => item.type === "function_call");
    if (called.length === 0) return { calls, text: response.output_text };
    for (const { parsed_arguments: _parsed, ...item } of response.output.map((each) => ({
      parsed_arguments: null,
      ...each,
    }))) {
      // What came out goes in again.
      input.push(item as ResponseInputItem);
    }
    for (const call of called) {
      const tool = tools.find(({ name }) => name === call.name);
      const output = String(await tool?.$callback?.(parseArguments(call.arguments) as never));
      input.push({ type: "function_call_output", call_id: call.call_id, output });
    }
  }
  throw new Error("The model does not stop calling.");
}

describe.each([false, true])("a loop over responses of openai 7 (streamed: %s)", (stream) => {
  it.each(loopCases)("ends in a text that quotes the results: %s", async (_title, { model, question, ...expected }) => {
    const { calls, text } = await runTools(model, question, stream);
    expect(calls).toEqual(expected.calls);
    for (const quote of expected.quotes) expect(text).toContain(quote);
  });
});
