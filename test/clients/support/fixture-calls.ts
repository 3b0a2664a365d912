import { createRandom, toBody } from "../../support/slices.ts";
import type { AnswerFact } from "../../workers-ai/answer-fact.ts";
import { choicesStreamFacts } from "../../workers-ai/choices-stream-facts.ts";
import { fixture } from "../../workers-ai/fixtures.ts";
import { jsonFacts } from "../../workers-ai/json-facts.ts";
import { leakedCallFacts } from "../../workers-ai/leaked-call-facts.ts";
import { nativeCallFacts } from "../../workers-ai/native-call-facts.ts";
import { nativeStreamFacts } from "../../workers-ai/native-stream-facts.ts";
import { parseArguments, type ClientCall, type Reading, type ToolDefinition } from "./client-call.ts";
import { createInProcessGateway } from "./in-process.ts";

/** What is known of each answer of Workers AI, from the tests of the decoders. */
export const answerFacts: readonly AnswerFact[] = [
  ...nativeStreamFacts,
  ...nativeCallFacts,
  ...choicesStreamFacts,
  ...jsonFacts,
  ...leakedCallFacts,
];

/** A model of each way to think, all of them with tools or without need of one. */
const models = {
  never: "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
  tagged: "@cf/qwen/qwen3-30b-a3b-fp8",
  untagged: "@cf/qwen/qwq-32b",
} as const;

export interface FixtureCall extends ClientCall {
  /** The bodies of the gateway's answers. */
  readonly received: () => Promise<readonly string[]>;
}

/** A call whose answer is the fixture of this fact, through the whole gateway. */
export function createFixtureCall(fact: AnswerFact): FixtureCall {
  const bytes = fixture(fact.file);
  const headers = { "content-type": fact.file.endsWith(".sse") ? "text/event-stream" : "application/json" };
  const { fetch, received } = createInProcessGateway({
    binding: { run: async () => new Response(toBody(slice(bytes)), { headers }) },
    // A failing answer fails again: further attempts would only wait.
    vars: { MAX_ATTEMPTS: "1", STREAM_WINDOW_MS: "0" },
  });
  return { model: models[fact.thinks ?? "never"], maxTokens: fact.maxTokens, tools: toolsOf(fact), fetch, received };
}

function slice(bytes: Uint8Array): Uint8Array[] {
  const random = createRandom(bytes.length);
  const chunks: Uint8Array[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = start + 1 + Math.floor(random() * 120);
    chunks.push(bytes.slice(start, end));
    start = end;
  }
  return chunks;
}

const weatherTools = [toTool("get_weather", ["city", "unit"]), toTool("get_time", [])];

/** Clients refuse a call of a tool that they did not offer: what the answer calls is offered. */
function toolsOf({ offersTools, outcome }: AnswerFact): readonly ToolDefinition[] {
  if (offersTools === true) return weatherTools;
  return [...new Set((outcome.calls ?? []).map(nameOf))].map((name) => toTool(name, []));
}

function toTool(name: string, parameterNames: readonly string[]): ToolDefinition {
  const properties = Object.fromEntries(parameterNames.map((parameter) => [parameter, { type: "string" } as const]));
  return {
    name,
    description: `Calls ${name}`,
    parameters: { type: "object", properties, required: [], additionalProperties: true },
  };
}

function nameOf(call: string): string {
  return call.slice(0, call.indexOf(" "));
}

/** What every client has to tell of an answer that did not fail. */
export function expectedReading({ outcome }: AnswerFact): Required<Reading> {
  return {
    text: outcome.text ?? "",
    calls: (outcome.calls ?? []).map((call) => {
      const name = nameOf(call);
      return { name, arguments: parseArguments(call.slice(name.length + 1)) };
    }),
    finish: outcome.finish,
    usage: outcome.usage,
    reasoning: outcome.reasoning ?? "",
  };
}
