import {
  OpenAIChatCompletionsModel,
  OpenAIResponsesModel,
  setTracingDisabled,
  withTrace,
  type ModelRequest,
  type ModelResponse,
} from "@openai/agents";
import { OpenAI } from "openai";
import { parseArguments, PROMPT, type ClientCall, type Reader, type Reading } from "./support/client-call.ts";
import { describeFixtures, isResponse } from "./support/fixture-suite.ts";
import { API_KEY, BASE_URL } from "./support/in-process.ts";

setTracingDisabled(true);

type ModelClass = typeof OpenAIChatCompletionsModel | typeof OpenAIResponsesModel;

function createModel(Model: ModelClass, { model, fetch }: ClientCall) {
  return new Model(new OpenAI({ apiKey: API_KEY, baseURL: BASE_URL, maxRetries: 0, fetch }), model);
}

function requestOf({ maxTokens, tools }: ClientCall): ModelRequest {
  return {
    input: PROMPT,
    modelSettings: maxTokens === undefined ? {} : { maxTokens },
    tools: tools.map((tool) => ({
      type: "function",
      strict: false,
      ...tool,
      parameters: { ...tool.parameters, additionalProperties: true },
    })),
    outputType: "text",
    handoffs: [],
    tracing: false,
  };
}

interface Told {
  readonly output: ModelResponse["output"];
  readonly usage: { readonly inputTokens: number; readonly outputTokens: number; readonly totalTokens: number };
}

/** It names no finish reason, and reads reasoning from a member of another name. */
function toReading({ output, usage: { inputTokens, outputTokens, totalTokens } }: Told): Reading {
  let text = "";
  const calls: { name: string; arguments: unknown }[] = [];
  for (const item of output) {
    if (item.type === "reasoning") continue;
    if (item.type === "function_call") {
      calls.push({ name: item.name, arguments: parseArguments(item.arguments) });
    } else if (item.type === "message") {
      for (const part of item.content) if (typeof part !== "string" && part.type === "output_text") text += part.text;
    } else throw new Error(`An item of the type ${item.type}.`);
  }
  // Where no usage came it counts zeros.
  return { text, calls, usage: totalTokens === 0 ? undefined : [inputTokens, outputTokens, totalTokens] };
}

function createReaders(name: string, Model: ModelClass): Readonly<Record<string, Reader>> {
  return {
    [`${name}, getResponse`]: async (call) => {
      // `run` opens the trace, even where tracing is disabled.
      return withTrace("test", async () => toReading(await createModel(Model, call).getResponse(requestOf(call))));
    },
    [`${name}, getStreamedResponse`]: async (call) => {
      let reading: Reading | undefined;
      for await (const event of createModel(Model, call).getStreamedResponse(requestOf(call))) {
        if (event.type === "response_done") reading = toReading(event.response);
      }
      if (reading === undefined) throw new Error("The stream has no end.");
      return reading;
    },
  };
}

describeFixtures(createReaders("OpenAIChatCompletionsModel", OpenAIChatCompletionsModel));
// It raises an error of its own for a response that is not complete.
describeFixtures(
  createReaders("OpenAIResponsesModel", OpenAIResponsesModel),
  (fact) => isResponse(fact) && fact.outcome.finish !== "length",
);
