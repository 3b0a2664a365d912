import * as z from "zod";
import { faultModels } from "../../../src/emulator/faults/fault-table.ts";
import { leakedCalls } from "../../../src/emulator/faults/leaked-calls.ts";
import { toolCallShapes } from "../../../src/emulator/faults/tool-call-shapes.ts";

/** One model of each way in which Workers AI models with tools answer; with quirks they answer as in production. */
export const loopModels = [
  "@cf/ibm-granite/granite-4.0-h-micro",
  "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
  "@cf/google/gemma-4-26b-a4b-it",
  "@cf/openai/gpt-oss-20b",
  "@cf/qwen/qwen3-30b-a3b-fp8",
] as const;

export const loopGateway = { extraEntries: faultModels, emulator: { quirks: true, seed: 7 } } as const;

/** There is no call in what these answer, or none that can be made. */
const withoutSoundCall = new Set([
  "@emulator/tool-empty-arguments",
  "@emulator/tool-no-arguments",
  "@emulator/tool-broken-arguments",
  "@emulator/tool-control-tokens",
  "@emulator/tool-unknown-name",
  "@emulator/tool-cut",
  "@emulator/finish-without-call",
  "@emulator/leaked-fence",
  "@emulator/leaked-in-prose",
  "@emulator/leaked-unknown",
]);

/** Models that call a tool in one of the odd ways that were seen, text included. */
export const oddModels = [...toolCallShapes, ...leakedCalls]
  .map(({ id }) => id)
  .filter((id) => !withoutSoundCall.has(id));

export const multiply = {
  name: "multiply",
  description: "Multiplies two numbers",
  parameters: z.object({ a: z.number(), b: z.number() }),
} as const;

export const weather = {
  name: "get_weather",
  description: "Get the current weather for a city",
  parameters: z.object({ city: z.string() }),
} as const;

/** The functions behind the tools, and what was called. */
export function createFunctions() {
  const calls: string[] = [];
  return {
    calls,
    multiply: ({ a, b }: z.infer<typeof multiply.parameters>): string => {
      calls.push(`multiply(${a}, ${b})`);
      return String(a * b);
    },
    getWeather: ({ city }: z.infer<typeof weather.parameters>): string => {
      calls.push(`get_weather(${city})`);
      return `${city}: ${city.length * 5} degrees`;
    },
  };
}

/** What is asked, the calls that it takes, and what the answer has to quote of their results. */
const tasks = [
  { question: "What is 6 times 7?", calls: ["multiply(6, 7)"], quotes: ["42"] },
  {
    question: "What is the weather in Paris and in Rome?",
    calls: ["get_weather(Paris)", "get_weather(Rome)"],
    quotes: ["25", "20"],
  },
  {
    question: "What is the weather in Paris? Then multiply 3 by 5.",
    calls: ["get_weather(Paris)", "multiply(3, 5)"],
    quotes: ["15"],
  },
] as const;

/** The task of the odd models. */
export const [oddTask] = tasks;

/** Each task on each model, with a title. */
export const loopCases = loopModels.flatMap((model) =>
  tasks.map((task) => [`${task.question} (${model})`, { ...task, model }] as const),
);
