import type { ChatCompletionCreateParamsNonStreaming } from "openai/resources/chat/completions";
import { describe, expect, it } from "vitest";
import { checkChatCompletion } from "./support/check-completions.ts";
import { createTestClient } from "./support/client.ts";
import { GEMMA, LLAMA, modelsByDialect, weatherTool } from "./support/samples.ts";

const user = { role: "user", content: "Hello!" };
const call = {
  id: "call_from_elsewhere",
  type: "function",
  function: { name: "get_weather", arguments: '{"city":"Oslo"}' },
};
const result = { role: "tool", tool_call_id: call.id, content: "4 degrees" };

/** Histories that clients really send. None may be refused. */
const histories: readonly (readonly [string, readonly object[]])[] = [
  ["a developer message", [{ role: "developer", content: "Be brief." }, user]],
  [
    "two system messages, one in the middle",
    [{ role: "system", content: "a" }, user, { role: "system", content: "b" }, user],
  ],
  [
    "two users and two assistants in a row",
    [user, user, { role: "assistant", content: "a" }, { role: "assistant", content: "b" }, user],
  ],
  [
    "content as text parts",
    [
      { role: "system", content: [{ type: "text", text: "a" }] },
      {
        role: "user",
        content: [
          { type: "text", text: "Hello" },
          { type: "text", text: "there" },
        ],
      },
    ],
  ],
  ["names", [{ ...user, name: "ada" }, { role: "assistant", content: "Hi", name: "bot" }, user]],
  ["null content beside tool calls", [user, { role: "assistant", content: null, tool_calls: [call] }, result, user]],
  ["empty content beside tool calls", [user, { role: "assistant", content: "", tool_calls: [call] }, result, user]],
  ["no content beside tool calls", [user, { role: "assistant", tool_calls: [call] }, result, user]],
  [
    "a tool result as an array of parts",
    [user, { role: "assistant", tool_calls: [call] }, { ...result, content: [{ type: "text", text: "4" }] }, user],
  ],
  ["a tool result whose call is nowhere", [user, result, user]],
  [
    "a tool call with empty arguments",
    [user, { role: "assistant", tool_calls: [{ ...call, function: { name: "f", arguments: "" } }] }, result],
  ],
  [
    "a whole answer sent back",
    [
      user,
      {
        role: "assistant",
        content: "Hi",
        refusal: null,
        annotations: [],
        audio: null,
        parsed: null,
        reasoning_content: "Hm.",
      },
      user,
    ],
  ],
  ["a refusal", [user, { role: "assistant", content: null, refusal: "No." }, user]],
  ["a refusal part", [user, { role: "assistant", content: [{ type: "refusal", refusal: "No." }] }, user]],
  [
    "a function call and its result",
    [
      user,
      { role: "assistant", content: null, function_call: call.function },
      { role: "function", name: "get_weather", content: "4" },
      user,
    ],
  ],
  [
    "a cache breakpoint on a part",
    [{ role: "user", content: [{ type: "text", text: "Hi", prompt_cache_breakpoint: true }] }],
  ],
];

function unchecked(request: object): ChatCompletionCreateParamsNonStreaming {
  return request as ChatCompletionCreateParamsNonStreaming;
}

describe("messages", () => {
  it.each(histories)("may hold %s", async (_, messages) => {
    const { client } = createTestClient();
    for (const { model, hasTools } of modelsByDialect) {
      const request = { model, messages, ...(hasTools && { tools: [weatherTool] }) };
      const completion = await client.chat.completions.create(unchecked(request));
      expect(checkChatCompletion(completion)).toEqual([]);
    }
  });
});

const nullableFields = [
  "frequency_penalty",
  "presence_penalty",
  "temperature",
  "top_p",
  "n",
  "max_completion_tokens",
  "max_tokens",
  "stop",
  "seed",
  "logprobs",
  "top_logprobs",
  "logit_bias",
  "stream",
  "stream_options",
  "reasoning_effort",
  "modalities",
  "audio",
  "prediction",
  "store",
  "metadata",
  "service_tier",
  "safety_identifier",
  "prompt_cache_key",
  "moderation",
  "response_format",
  "tools",
  "tool_choice",
];

describe("fields of a request", () => {
  it("may all be null", async () => {
    const { client } = createTestClient();
    const nulls = Object.fromEntries(nullableFields.map((field) => [field, null]));
    const completion = await client.chat.completions.create(unchecked({ ...nulls, model: LLAMA, messages: [user] }));
    expect(completion.choices[0]?.finish_reason).toBe("stop");
  });

  it("may be ones that OpenAI adds tomorrow", async () => {
    const { client } = createTestClient();
    const request = { model: LLAMA, messages: [user], brand_new: { nested: true } };
    expect((await client.chat.completions.create(unchecked(request))).object).toBe("chat.completion");
  });

  it("that nothing can honour are named as ignored, and refused in strict mode", async () => {
    const { client } = createTestClient();
    const request = unchecked({ model: LLAMA, messages: [user], logit_bias: { "5": 1 }, verbosity: "low" });
    const { response } = await client.chat.completions.create(request).withResponse();
    const named = response.headers.get("x-flaregate-parameters");
    expect(named).toContain("logit_bias=ignored");
    expect(named).toContain("verbosity=ignored");
    const strict = { headers: { "x-flaregate-strict": "true" } };
    await expect(client.chat.completions.create(request, strict)).rejects.toMatchObject({
      status: 400,
      code: "unsupported_parameter",
      param: "logit_bias",
    });
  });

  it("of every documented kind are taken together", async () => {
    const { client } = createTestClient();
    const request = {
      model: GEMMA,
      messages: [user],
      frequency_penalty: 0.5,
      presence_penalty: -0.5,
      temperature: 0.7,
      top_p: 0.9,
      max_completion_tokens: 50,
      stop: ["\n\n"],
      seed: 12,
      logprobs: false,
      logit_bias: { "50256": -100 },
      stream: false,
      response_format: { type: "text" },
      tools: [weatherTool],
      tool_choice: "auto",
      parallel_tool_calls: true,
      reasoning_effort: "low",
      verbosity: "medium",
      modalities: ["text"],
      prediction: { type: "content", content: "Hi" },
      store: false,
      metadata: { team: "a" },
      service_tier: "auto",
      safety_identifier: "user-1",
      prompt_cache_key: "key",
      prompt_cache_retention: "24h",
      user: "user-1",
    };
    expect(checkChatCompletion(await client.chat.completions.create(unchecked(request)))).toEqual([]);
  });
});
