import { describe, expect, it } from "vitest";
import type * as z from "zod/mini";
import type { GatewayError } from "../../src/errors.ts";
import { chatRequest } from "../../src/openai/chat-request.ts";
import { completionRequest } from "../../src/openai/completion-request.ts";
import { toErrorEnvelope, toErrorStatus } from "../../src/openai/error-envelope.ts";
import { responsesRequest } from "../../src/openai/responses-request.ts";
import { toRequestError } from "../../src/openai/request-error.ts";

function refuse(schema: z.ZodMiniType, request: unknown): GatewayError {
  const result = schema.safeParse(request, { reportInput: true });
  if (result.success) throw new Error("the request is accepted");
  return toRequestError(result.error.issues);
}

function explain(schema: z.ZodMiniType, request: unknown) {
  const error = refuse(schema, request);
  const { param, code, message } = toErrorEnvelope(error).error;
  return { status: toErrorStatus(error.kind), param, code, message };
}

const user = { role: "user", content: "Hello" };
const missing = "missing_required_parameter";

type Row = readonly [members: object, param: string, code: string, message: string];

const chatRows: readonly Row[] = [
  [{ model: undefined }, "model", missing, "Missing required parameter: 'model'."],
  [{ model: null }, "model", "invalid_type", "Invalid type for 'model': expected a string, but got null instead."],
  [{ model: 3 }, "model", "invalid_type", "expected a string, but got an integer instead"],
  [{ model: "" }, "model", "invalid_value", "expected at least 1 character."],
  [{ messages: undefined }, "messages", missing, "Missing required parameter: 'messages'."],
  [{ messages: null }, "messages", "invalid_type", "expected an array, but got null instead"],
  [{ messages: "Hello" }, "messages", "invalid_type", "expected an array, but got a string instead"],
  [{ messages: {} }, "messages", "invalid_type", "expected an array, but got an object instead"],
  [{ messages: [] }, "messages", "invalid_value", "expected at least 1 item."],
  [{ messages: ["Hello"] }, "messages[0]", "invalid_type", "expected an object, but got a string instead"],
  [{ messages: [user, null] }, "messages[1]", "invalid_type", "expected an object, but got null instead"],
  [{ messages: [{ content: "x" }] }, "messages[0].role", missing, "Missing required parameter: 'messages[0].role'."],
  [{ messages: [{ role: "robot", content: "x" }] }, "messages[0].role", "invalid_value", "Supported values are: 'system', 'developer', 'user', 'assistant', 'tool', 'function'."],
  [{ messages: [{ role: 5, content: "x" }] }, "messages[0].role", "invalid_type", "expected one of 'system', 'developer', 'user', 'assistant', 'tool', 'function', but got an integer instead"],
  [{ messages: [{ role: null, content: "x" }] }, "messages[0].role", "invalid_type", "but got null instead"],
  [{ messages: [{ role: "user" }] }, "messages[0].content", missing, "Missing required parameter: 'messages[0].content'."],
  [{ messages: [{ role: "user", content: null }] }, "messages[0].content", "invalid_type", "expected a string or an array, but got null instead"],
  [{ messages: [{ role: "user", content: 1.5 }] }, "messages[0].content", "invalid_type", "expected a string or an array, but got a decimal number instead"],
  [{ messages: [{ role: "user", content: [] }] }, "messages[0].content", "invalid_value", "expected at least 1 item."],
  [{ messages: [{ role: "user", content: ["x"] }] }, "messages[0].content[0]", "invalid_type", "expected an object, but got a string instead"],
  [{ messages: [{ role: "user", content: [{ text: "x" }] }] }, "messages[0].content[0].type", missing, "Missing required parameter"],
  [{ messages: [{ role: "user", content: [{ type: "text" }] }] }, "messages[0].content[0].text", missing, "Missing required parameter"],
  [{ messages: [user, { role: "user", content: [{ type: "text", text: "a" }, { type: "video", video: {} }] }] }, "messages[1].content[1].type", "invalid_value", "Supported values are: 'text', 'image_url', 'input_audio', 'file'."],
  [{ messages: [{ role: "user", content: [{ type: "image_url" }] }] }, "messages[0].content[0].image_url", missing, "Missing required parameter"],
  [{ messages: [{ role: "user", content: [{ type: "image_url", image_url: "data:," }] }] }, "messages[0].content[0].image_url", "invalid_type", "expected an object, but got a string instead"],
  [{ messages: [{ role: "user", content: [{ type: "image_url", image_url: {} }] }] }, "messages[0].content[0].image_url.url", missing, "Missing required parameter"],
  [{ messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: "data:,", detail: "huge" } }] }] }, "messages[0].content[0].image_url.detail", "invalid_value", "Supported values are: 'auto', 'low', 'high'."],
  [{ messages: [{ role: "system", content: null }] }, "messages[0].content", "invalid_type", "expected a string or an array"],
  [{ messages: [{ role: "system", content: [{ type: "image_url", image_url: { url: "data:," } }] }] }, "messages[0].content[0].type", "invalid_value", "Supported values are: 'text'."],
  [{ messages: [{ role: "tool", content: "1" }] }, "messages[0].tool_call_id", missing, "Missing required parameter"],
  [{ messages: [{ role: "tool", tool_call_id: "x" }] }, "messages[0].content", missing, "Missing required parameter"],
  [{ messages: [{ role: "function", content: "1" }] }, "messages[0].name", missing, "Missing required parameter"],
  [{ messages: [{ role: "assistant", content: 1 }] }, "messages[0].content", "invalid_type", "expected a string or an array"],
  [{ messages: [{ role: "assistant", tool_calls: {} }] }, "messages[0].tool_calls", "invalid_type", "expected an array, but got an object"],
  [{ messages: [{ role: "assistant", tool_calls: [{ type: "function", function: { name: "f", arguments: "" } }] }] }, "messages[0].tool_calls[0].id", missing, "Missing required parameter"],
  [{ messages: [{ role: "assistant", tool_calls: [{ id: "x" }] }] }, "messages[0].tool_calls[0].function", missing, "Missing required parameter"],
  [{ messages: [{ role: "assistant", tool_calls: [{ id: "x", type: "custom" }] }] }, "messages[0].tool_calls[0].custom", missing, "Missing required parameter"],
  [{ messages: [{ role: "assistant", tool_calls: [{ id: "x", type: "mcp" }] }] }, "messages[0].tool_calls[0].type", "invalid_value", "Supported values are: 'function', 'custom'."],
  [{ messages: [{ role: "assistant", tool_calls: [{ id: "x", type: "function", function: { name: "f", arguments: {} } }] }] }, "messages[0].tool_calls[0].function.arguments", "invalid_type", "expected a string, but got an object instead"],
  [{ stream: "true" }, "stream", "invalid_type", "expected a boolean, but got a string instead"],
  [{ stream: 1 }, "stream", "invalid_type", "expected a boolean, but got an integer instead"],
  [{ stream_options: true }, "stream_options", "invalid_type", "expected an object, but got a boolean instead"],
  [{ stream_options: { include_usage: "yes" } }, "stream_options.include_usage", "invalid_type", "expected a boolean"],
  [{ temperature: "0.5" }, "temperature", "invalid_type", "expected a number, but got a string instead"],
  [{ temperature: 2.5 }, "temperature", "invalid_value", "expected at most 2."],
  [{ temperature: -0.1 }, "temperature", "invalid_value", "expected at least 0."],
  [{ temperature: Infinity }, "temperature", "invalid_type", "expected a number, but got a number that is too large instead"],
  [{ top_p: 1.1 }, "top_p", "invalid_value", "expected at most 1."],
  [{ frequency_penalty: 3 }, "frequency_penalty", "invalid_value", "expected at most 2."],
  [{ presence_penalty: -3 }, "presence_penalty", "invalid_value", "expected at least -2."],
  [{ max_tokens: -1 }, "max_tokens", "invalid_value", "expected at least 1."],
  [{ max_tokens: 0 }, "max_tokens", "invalid_value", "expected at least 1."],
  [{ max_tokens: 1.5 }, "max_tokens", "invalid_type", "expected an integer, but got a decimal number instead"],
  [{ max_tokens: "10" }, "max_tokens", "invalid_type", "expected an integer, but got a string instead"],
  [{ max_completion_tokens: 1e30 }, "max_completion_tokens", "invalid_value", "expected at most 9007199254740991."],
  [{ max_completion_tokens: Infinity }, "max_completion_tokens", "invalid_type", "a number that is too large"],
  [{ n: 0 }, "n", "invalid_value", "expected at least 1."],
  [{ n: 1000 }, "n", "invalid_value", "expected at most 128."],
  [{ seed: 1.5 }, "seed", "invalid_type", "expected an integer, but got a decimal number instead"],
  [{ seed: "1" }, "seed", "invalid_type", "expected an integer, but got a string instead"],
  [{ stop: 5 }, "stop", "invalid_type", "expected a string or an array, but got an integer instead"],
  [{ stop: ["a", 5] }, "stop[1]", "invalid_type", "expected a string, but got an integer instead"],
  [{ stop: ["a", "b", "c", "d", "e"] }, "stop", "invalid_value", "expected at most 4 items."],
  [{ top_logprobs: 21 }, "top_logprobs", "invalid_value", "expected at most 20."],
  [{ logprobs: 1 }, "logprobs", "invalid_type", "expected a boolean"],
  [{ tools: {} }, "tools", "invalid_type", "expected an array, but got an object instead"],
  [{ tools: [{ function: { name: "f" } }] }, "tools[0].type", missing, "Missing required parameter"],
  [{ tools: [{ type: "web_search" }] }, "tools[0].type", "invalid_value", "Supported values are: 'function', 'custom'."],
  [{ tools: [{ type: "function" }] }, "tools[0].function", missing, "Missing required parameter"],
  [{ tools: [{ type: "function", function: {} }] }, "tools[0].function.name", missing, "Missing required parameter"],
  [{ tools: [{ type: "function", function: { name: "my tool" } }] }, "tools[0].function.name", "invalid_value", "expected 1 to 64 letters, digits, underscores or dashes."],
  [{ tools: [{ type: "function", function: { name: "f", parameters: "{}" } }] }, "tools[0].function.parameters", "invalid_type", "expected an object, but got a string instead"],
  [{ tools: [{ type: "function", function: { name: "f", parameters: [] } }] }, "tools[0].function.parameters", "invalid_type", "expected an object, but got an array instead"],
  [{ tools: [{ type: "function", function: { name: "f", strict: "yes" } }] }, "tools[0].function.strict", "invalid_type", "expected a boolean"],
  [{ tools: [{ type: "custom", custom: { name: "f", format: { type: "grammar" } } }] }, "tools[0].custom.format.grammar", missing, "Missing required parameter"],
  [{ tool_choice: "sometimes" }, "tool_choice", "invalid_value", "Supported values are: 'none', 'auto', 'required'."],
  [{ tool_choice: 1 }, "tool_choice", "invalid_type", "expected one of 'none', 'auto', 'required' or an object, but got an integer instead"],
  [{ tool_choice: {} }, "tool_choice.type", missing, "Missing required parameter"],
  [{ tool_choice: { type: "any" } }, "tool_choice.type", "invalid_value", "Supported values are: 'function', 'custom', 'allowed_tools'."],
  [{ tool_choice: { type: "function" } }, "tool_choice.function", missing, "Missing required parameter"],
  [{ tool_choice: { type: "allowed_tools", allowed_tools: { mode: "none", tools: [] } } }, "tool_choice.allowed_tools.mode", "invalid_value", "Supported values are: 'auto', 'required'."],
  [{ parallel_tool_calls: "no" }, "parallel_tool_calls", "invalid_type", "expected a boolean"],
  [{ functions: [{ description: "x" }] }, "functions[0].name", missing, "Missing required parameter"],
  [{ function_call: "required" }, "function_call", "invalid_value", "Supported values are: 'none', 'auto'."],
  [{ function_call: {} }, "function_call.name", missing, "Missing required parameter"],
  [{ response_format: "json_object" }, "response_format", "invalid_type", "expected an object, but got a string instead"],
  [{ response_format: { type: "yaml" } }, "response_format.type", "invalid_value", "Supported values are: 'text', 'json_object', 'json_schema'."],
  [{ response_format: { type: "json_schema" } }, "response_format.json_schema", missing, "Missing required parameter"],
  [{ response_format: { type: "json_schema", json_schema: { schema: {} } } }, "response_format.json_schema.name", missing, "Missing required parameter"],
  [{ response_format: { type: "json_schema", json_schema: { name: "n", schema: [] } } }, "response_format.json_schema.schema", "invalid_type", "expected an object, but got an array instead"],
  [{ reasoning_effort: "extreme" }, "reasoning_effort", "invalid_value", "Supported values are: 'none', 'minimal',"],
  [{ modalities: ["video"] }, "modalities[0]", "invalid_value", "Supported values are: 'text', 'audio'."],
  [{ user: 5 }, "user", "invalid_type", "expected a string"],
  [{ models: "m" }, "models", "invalid_type", "expected an array"],
]; // prettier-ignore

const completionRows: readonly Row[] = [
  [{ prompt: 5 }, "prompt", "invalid_type", "expected a string or an array, but got an integer instead"],
  [{ prompt: {} }, "prompt", "invalid_type", "expected a string or an array, but got an object instead"],
  [{ prompt: [] }, "prompt", "invalid_value", "expected at least 1 item."],
  [{ prompt: ["a", 1] }, "prompt[1]", "invalid_type", "expected a string, but got an integer instead"],
  [{ prompt: [1, "a"] }, "prompt[1]", "invalid_type", "expected an integer, but got a string instead"],
  [{ prompt: [[1], [1, "a"]] }, "prompt[1][1]", "invalid_type", "expected an integer, but got a string instead"],
  [{ max_tokens: -1 }, "max_tokens", "invalid_value", "expected at least 0."],
  [{ logprobs: 6 }, "logprobs", "invalid_value", "expected at most 5."],
  [{ logprobs: true }, "logprobs", "invalid_type", "expected an integer, but got a boolean instead"],
  [{ best_of: 21 }, "best_of", "invalid_value", "expected at most 20."],
  [{ echo: "yes" }, "echo", "invalid_type", "expected a boolean, but got a string instead"],
  [{ suffix: 1 }, "suffix", "invalid_type", "expected a string, but got an integer instead"],
]; // prettier-ignore

function title([members, param, code]: Row): string {
  const shown = JSON.stringify(members, (_key, value: unknown) => (value === Infinity ? "1e309" : value));
  return `${shown}: ${code} of ${param}`;
}

describe("a chat completion request is refused with its parameter, a code and a message", () => {
  it.each(chatRows.map((row) => [title(row), row] as const))("%s", (_title, [members, param, code, message]) => {
    const explained = explain(chatRequest, { model: "m", messages: [user], ...members });
    expect(explained).toEqual({ status: 400, param, code, message: expect.stringContaining(message) });
  });
});

describe("a completion request is refused with its parameter, a code and a message", () => {
  it.each(completionRows.map((row) => [title(row), row] as const))("%s", (_title, [members, param, code, message]) => {
    const explained = explain(completionRequest, { model: "m", prompt: "x", ...members });
    expect(explained).toEqual({ status: 400, param, code, message: expect.stringContaining(message) });
  });
});

const responseRows: readonly Row[] = [
  [{ model: undefined }, "model", missing, "Missing required parameter: 'model'."],
  [{ input: 4 }, "input", "invalid_type", "expected a string or an array, but got an integer instead"],
  [{ input: [null] }, "input[0]", "invalid_type", "expected an object, but got null instead"],
  [{ input: [{ content: "x" }] }, "input[0].type", missing, "Missing required parameter: 'input[0].type'."],
  [{ input: [{ type: 3 }] }, "input[0].type", "invalid_type", "expected a string, but got an integer instead"],
  [{ input: [{ role: "robot", content: "x" }] }, "input[0].role", "invalid_value", "Supported values are: 'user', 'assistant', 'system', 'developer'."],
  [{ input: [{ role: "user", content: [{ type: "video" }] }] }, "input[0].content[0].type", "invalid_value", "Supported values are: 'input_text'"],
  [{ input: [{ type: "function_call", call_id: "a", name: "f", arguments: {} }] }, "input[0].arguments", "invalid_type", "expected a string, but got an object instead"],
  [{ input: [{ type: "function_call_output", call_id: "a" }] }, "input[0].output", missing, "Missing required parameter: 'input[0].output'."],
  [{ tools: [{ type: "function" }] }, "tools[0].name", missing, "Missing required parameter: 'tools[0].name'."],
  [{ tools: [{ name: "f" }] }, "tools[0].type", missing, "Missing required parameter: 'tools[0].type'."],
  [{ tool_choice: "any" }, "tool_choice", "invalid_value", "Supported values are: 'none', 'auto', 'required'."],
  [{ tool_choice: { type: "function" } }, "tool_choice.name", missing, "Missing required parameter: 'tool_choice.name'."],
  [{ tool_choice: { type: "allowed_tools", mode: "all", tools: [] } }, "tool_choice.mode", "invalid_value", "Supported values are: 'none', 'auto', 'required'."],
  [{ text: { format: { type: "json_schema" } } }, "text.format.name", missing, "Missing required parameter: 'text.format.name'."],
  [{ reasoning: { effort: "ultra" } }, "reasoning.effort", "invalid_value", "Supported values are: 'none'"],
  [{ max_output_tokens: 15 }, "max_output_tokens", "invalid_value", "expected at least 16."],
  [{ truncation: "some" }, "truncation", "invalid_value", "Supported values are: 'auto', 'disabled'."],
  [{ conversation: 4 }, "conversation", "invalid_type", "expected a string or an object, but got an integer instead"],
  [{ metadata: { a: 1 } }, "metadata.a", "invalid_type", "expected a string, but got an integer instead"],
]; // prettier-ignore

describe("a wrong request for a response", () => {
  it.each(responseRows)("%j is refused", (members, param, code, message) => {
    const explained = explain(responsesRequest, { model: "m", input: "Hello", ...members });
    expect(explained).toEqual({ status: 400, param, code, message: expect.stringContaining(message) });
  });
});

describe("the message of a refused request", () => {
  it("never quotes what the caller wrote", () => {
    const text = "correct horse battery staple";
    for (const members of [
      { tool_choice: text },
      { messages: [{ role: text }] },
      { response_format: { type: text } },
    ]) {
      expect(refuse(chatRequest, { model: "m", messages: [user], ...members }).message).not.toContain("horse");
    }
  });
});

describe("a list with millions of wrong elements", () => {
  it("is read up to the first of them", () => {
    let reads = 0;
    const messages = new Proxy(Array.from({ length: 1000 }), {
      get(target, key, receiver) {
        if (typeof key === "string" && /^\d+$/.test(key)) reads += 1;
        return Reflect.get(target, key, receiver) as unknown;
      },
    });
    expect(explain(chatRequest, { model: "m", messages }).param).toBe("messages[0]");
    expect(reads).toBe(1);
  });
});
