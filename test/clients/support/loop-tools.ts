import * as z from "zod";

/** One model of each way in which Workers AI models with tools answer; with quirks they answer as in production. */
export const loopModels = [
  "@cf/ibm-granite/granite-4.0-h-micro",
  "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
  "@cf/google/gemma-4-26b-a4b-it",
  "@cf/openai/gpt-oss-20b",
  "@cf/qwen/qwen3-30b-a3b-fp8",
] as const;

export const loopGateway = { emulator: { quirks: true, seed: 7 } } as const;

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

/** Each task on each model, with a title. */
export const loopCases = loopModels.flatMap((model) =>
  tasks.map((task) => [`${task.question} (${model})`, { ...task, model }] as const),
);
