import type { ChatCompletionFunctionTool, ChatCompletionMessageParam } from "openai/resources/chat/completions";

/** The founding model that is still served; native by its page, both formats at once in production. */
export const LLAMA = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
export const RETIRED_LLAMA = "@cf/meta/llama-3.1-70b-instruct";
export const GPT_OSS = "@cf/openai/gpt-oss-20b";
export const GEMMA = "@cf/google/gemma-4-26b-a4b-it";
export const GRANITE = "@cf/ibm-granite/granite-4.0-h-micro";

/** One model of each way in which Workers AI models answer. */
export const modelsByDialect = [
  { dialect: "native with tools", model: GRANITE, hasTools: true },
  { dialect: "native and OpenAI-shaped at once", model: LLAMA, hasTools: true },
  { dialect: "OpenAI-shaped", model: GEMMA, hasTools: true },
  { dialect: "OpenAI-shaped, reasoning in a field", model: GPT_OSS, hasTools: true },
  { dialect: "native inputs, OpenAI-shaped answers", model: "@cf/qwen/qwen3-30b-a3b-fp8", hasTools: true },
  { dialect: "native, reasoning in the text", model: "@cf/qwen/qwq-32b", hasTools: false },
] as const;

export function ask(content: string): ChatCompletionMessageParam[] {
  return [{ role: "user", content }];
}

/** A function tool whose parameters are all required texts. */
export function textTool(name: string, description: string, parameters: readonly string[]): ChatCompletionFunctionTool {
  const properties = Object.fromEntries(parameters.map((parameter) => [parameter, { type: "string" }]));
  const schema = { type: "object", properties, required: [...parameters] };
  return { type: "function", function: { name, description, parameters: schema } };
}

export const weatherTool = textTool("get_weather", "Get the current weather for a city", ["city"]);
export const timeTool = textTool("get_time", "Get the current time in a city", ["city"]);
