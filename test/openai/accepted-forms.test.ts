import { describe, expect, it } from "vitest";
import { chatRequest } from "../../src/openai/chat-request.ts";
import { completionRequest } from "../../src/openai/completion-request.ts";
import { responsesRequest } from "../../src/openai/responses-request.ts";
import { conversationForms, parameterForms } from "../support/client-forms.ts";

const user = { role: "user", content: "Hello" };
const call = { id: "call_foreign", type: "function", function: { name: "add", arguments: "{}" } };

function parseChat(members: object) {
  return chatRequest.parse({ model: "m", messages: [user], ...members });
}

function parseMessages(...messages: readonly unknown[]) {
  return chatRequest.parse({ model: "m", messages }).messages;
}

const chatMembers = [
  "frequency_penalty", "presence_penalty", "temperature", "top_p", "n", "max_completion_tokens", "max_tokens", "stop",
  "seed", "logprobs", "top_logprobs", "logit_bias", "stream", "stream_options", "response_format", "tools",
  "tool_choice", "parallel_tool_calls", "functions", "function_call", "reasoning_effort", "verbosity", "modalities",
  "audio", "prediction", "web_search_options", "store", "metadata", "service_tier", "safety_identifier",
  "prompt_cache_key", "prompt_cache_options", "prompt_cache_retention", "moderation", "user", "top_k",
  "repetition_penalty", "raw", "lora", "models",
]; // prettier-ignore

const completionMembers = [
  "prompt", "suffix", "max_tokens", "temperature", "top_p", "n", "frequency_penalty", "presence_penalty", "seed",
  "stop", "logit_bias", "stream", "stream_options", "logprobs", "echo", "best_of", "user",
]; // prettier-ignore

const responseMembers = Object.keys(responsesRequest.shape).filter((member) => member !== "model");

describe("an explicit null", () => {
  it.each(responseMembers)("is an absent %s in a request for a response", (member) => {
    const absent = responsesRequest.parse({ model: "m" });
    expect(responsesRequest.parse({ model: "m", [member]: null })).toEqual(absent);
  });

  it.each(chatMembers)("is an absent %s in a chat completion request", (member) => {
    expect(parseChat({ [member]: null })).toEqual(parseChat({}));
  });

  it.each(completionMembers)("is an absent %s in a completion request", (member) => {
    const absent = completionRequest.parse({ model: "m" });
    expect(completionRequest.parse({ model: "m", [member]: null })).toEqual(absent);
  });

  it.each([
    ["stream_options", { include_usage: null, include_obfuscation: null }],
    ["tools", [{ type: "function", function: { name: "add", description: null, parameters: null, strict: null } }]],
    ["functions", [{ name: "add", description: null, parameters: null }]],
    [
      "response_format",
      { type: "json_schema", json_schema: { name: "n", description: null, schema: {}, strict: null } },
    ],
  ])("is an absent member of %s", (member, value) => {
    expect(chatRequest.safeParse({ model: "m", messages: [user], [member]: value }).error).toBeUndefined();
  });

  it.each(["name", "refusal", "audio", "function_call", "tool_calls", "reasoning_content", "reasoning", "annotations"])(
    "is an absent %s of an assistant message",
    (member) => {
      const [message] = parseMessages({ role: "assistant", content: "Hi", [member]: null });
      expect(message).toEqual(parseMessages({ role: "assistant", content: "Hi" })[0]);
    },
  );
});

describe("messages in the forms that clients send", () => {
  it.each([
    ["a text", "Hi"],
    ["an empty text", ""],
    ["null", null],
    ["nothing", undefined],
    ["no parts", []],
    ["text parts", [{ type: "text", text: "Hi" }]],
    ["a refusal part", [{ type: "refusal", refusal: "No" }]],
  ])("assistant content beside tool calls is %s", (_name, content) => {
    const [message] = parseMessages({ role: "assistant", content, tool_calls: [call] });
    expect(message).toMatchObject({ role: "assistant", tool_calls: [call] });
  });

  it("a whole answer of the official client's is taken back as a message", () => {
    const echoed = {
      role: "assistant",
      content: '{"a":1}',
      refusal: null,
      annotations: [],
      audio: null,
      function_call: null,
      tool_calls: [],
      parsed: { a: 1 },
      reasoning_content: "Because.",
    };
    expect(parseMessages(user, echoed, user)[1]).toMatchObject({ content: '{"a":1}', reasoning_content: "Because." });
  });

  it("the reasoning of another provider's answer is left out where it is no text", () => {
    const reasoning = { reasoning: { effort: "low" }, reasoning_content: [1] };
    expect(parseMessages({ role: "assistant", content: "Hi", ...reasoning })).toEqual([
      { role: "assistant", content: "Hi" },
    ]);
  });

  it("the parsed arguments and the index that helpers add to a tool call are dropped", () => {
    const parsed = { ...call, index: 0, function: { ...call.function, parsed_arguments: {} } };
    expect(parseMessages({ role: "assistant", tool_calls: [parsed] })[0]).toMatchObject({ tool_calls: [call] });
  });

  it.each([[undefined], [null]])("a tool call of type %s is a function's", (type) => {
    const [message] = parseMessages({ role: "assistant", tool_calls: [{ ...call, type }] });
    expect(message).toMatchObject({ tool_calls: [{ type: "function", function: { name: "add" } }] });
  });

  it("a custom tool call keeps its input", () => {
    const custom = { id: "call_1", type: "custom", custom: { name: "sql", input: "select 1" } };
    expect(parseMessages({ role: "assistant", tool_calls: [custom] })[0]).toMatchObject({ tool_calls: [custom] });
  });

  it.each(conversationForms)("%s", (_name, messages) => {
    expect(parseMessages(...messages)).toHaveLength(messages.length);
  });
});

describe("parameters in the forms that clients send", () => {
  it.each(parameterForms)("%s", (_name, members) => {
    expect(chatRequest.safeParse({ model: "m", messages: [user], ...members }).error).toBeUndefined();
  });

  it.each([
    ["END", ["END"]],
    [
      ["a", "b"],
      ["a", "b"],
    ],
    [[], undefined],
    ["", undefined],
    [["", "a"], ["a"]],
  ])("stop %j means %j", (stop, meaning) => {
    expect(parseChat({ stop }).stop).toEqual(meaning);
  });

  it("unknown members are dropped", () => {
    expect(parseChat({ some_new_member: 1 })).not.toHaveProperty("some_new_member");
  });

  it.each([
    ["a text", "Once"],
    ["one text in a list", ["Once"]],
    ["token ids", [1, 2]],
    ["lists of token ids", [[1], [2]]],
  ])("a prompt is %s", (_name, prompt) => {
    expect(completionRequest.parse({ model: "m", prompt }).prompt).toEqual(prompt);
  });
});

describe("a JSON schema inside a request", () => {
  it("is passed on as it is, an own __proto__ key included", () => {
    const parameters: unknown = JSON.parse(
      '{"type":"object","__proto__":{"x":1},"properties":{"__proto__":{"type":"string"}}}',
    );
    const request = parseChat({ tools: [{ type: "function", function: { name: "add", parameters } }] });
    const [first] = request.tools ?? [];
    expect(first?.type === "function" && first.function.parameters).toBe(parameters);
  });
});
