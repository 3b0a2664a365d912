import type { MessageParam, Tool } from "@anthropic-ai/sdk/resources/messages";
import { describe, expect, it } from "vitest";
import { createAnthropicClient } from "./support/anthropic-client.ts";
import { createFakeBinding, textAnswer } from "./support/fake-binding.ts";
import { GEMMA, GPT_OSS, GRANITE, LLAMA, modelsByDialect } from "./support/samples.ts";

const hello = { model: LLAMA, max_tokens: 200, messages: [{ role: "user" as const, content: "Hello!" }] };

const weather: Tool = {
  name: "get_weather",
  description: "Get the current weather for a city",
  input_schema: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
};

const aboutParis = [{ role: "user" as const, content: "What is the weather in Paris?" }];

/** One red pixel, as PNG. */
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==";

describe("messages.create", () => {
  it.each(modelsByDialect)("answers with a message and its usage: a model that is $dialect", async ({ model }) => {
    const { client } = createAnthropicClient({ emulator: { quirks: true } });
    const message = await client.messages.create({ ...hello, model });
    expect(message).toMatchObject({ type: "message", role: "assistant", model, stop_reason: "end_turn" });
    expect(message.id).toMatch(/^msg_\w{24}$/);
    expect(message.stop_sequence).toBeNull();
    expect(message.content.map(({ type }) => type)).toEqual(["text"]);
    expect(message.content[0]).toMatchObject({ text: expect.stringMatching(/\w/) });
    expect(message.usage.input_tokens).toBeGreaterThan(0);
    expect(message.usage.output_tokens).toBeGreaterThan(0);
  });

  it("sends the id of the request where the client looks for it", async () => {
    const { client, exchanges } = createAnthropicClient();
    const message = await client.messages.create(hello);
    // oxlint-disable-next-line no-underscore-dangle -- the client's own name
    expect(message._request_id).toMatch(/^req_/);
    expect(exchanges[0]?.requestHeaders.get("anthropic-version")).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  it("takes the key in x-api-key as well, where clients used to send it", async () => {
    const defaultHeaders = { "x-api-key": "sk-test", authorization: null };
    const { client, exchanges } = createAnthropicClient({}, { defaultHeaders });
    expect(await client.messages.create(hello)).toMatchObject({ type: "message" });
    expect(exchanges[0]?.requestHeaders.has("authorization")).toBe(false);
  });

  it("names max_tokens as the reason where it ended the answer", async () => {
    const { client } = createAnthropicClient();
    const messages = [{ role: "user" as const, content: "Write a long story about a lighthouse." }];
    const message = await client.messages.create({ ...hello, messages, max_tokens: 7 });
    expect(message.stop_reason).toBe("max_tokens");
    expect(message.usage.output_tokens).toBe(7);
  });

  it.each([LLAMA, GEMMA])(
    "ends before a stop sequence and says which one it was, streamed and whole: %s",
    async (model) => {
      const { client } = createAnthropicClient();
      const messages = [{ role: "user" as const, content: "Count from 1 to 20." }];
      const request = { ...hello, model, messages, stop_sequences: ["never", " 5"] };
      const whole = await client.messages.create(request);
      const streamed = await client.messages.stream(request).finalMessage();
      for (const message of [whole, streamed]) {
        expect(message).toMatchObject({ stop_reason: "stop_sequence", stop_sequence: " 5" });
        expect(message.content[0]).toMatchObject({ type: "text", text: expect.stringMatching(/4\D*$/) });
      }
    },
  );

  it("reads the system prompt, as text and as blocks, with wishes about the cache named as ignored", async () => {
    const { client } = createAnthropicClient({ binding: createFakeBinding(textAnswer("Aye.")) });
    const cached = { type: "text" as const, text: "Be brief.", cache_control: { type: "ephemeral" as const } };
    expect(await client.messages.create({ ...hello, system: "Talk like a pirate." })).toMatchObject({
      role: "assistant",
    });
    const { response } = await client.messages.create({ ...hello, system: [cached] }).withResponse();
    expect(response.headers.get("x-flaregate-parameters")).toBe("cache_control=ignored");
  });

  it("answers a name that the operator mapped, with the model behind it", async () => {
    const { client } = createAnthropicClient({ vars: { MODEL_ALIASES: { "claude-sonnet-4-6": LLAMA } } });
    expect(await client.messages.create({ ...hello, model: "claude-sonnet-4-6" })).toMatchObject({ model: LLAMA });
  });

  it("reads images, inlined in the user's message and in a tool result", async () => {
    const { client } = createAnthropicClient();
    const image = { type: "image", source: { type: "base64", media_type: "image/png", data: PIXEL } } as const;
    const asked: MessageParam = { role: "user", content: [image, { type: "text", text: "What is this?" }] };
    expect(await client.messages.create({ ...hello, model: GEMMA, messages: [asked] })).toMatchObject({
      content: [{ type: "text", text: expect.stringContaining("image") }],
    });
    const shown: MessageParam[] = [
      { role: "user", content: "Take a screenshot." },
      { role: "assistant", content: [{ type: "tool_use", id: "toolu_1", name: "shoot", input: {} }] },
      { role: "user", content: [{ type: "tool_result", tool_use_id: "toolu_1", content: [image] }] },
    ];
    expect(await client.messages.create({ ...hello, model: GEMMA, messages: shown })).toMatchObject({
      content: [{ type: "text", text: expect.stringContaining("image") }],
    });
  });

  it("gives JSON that follows the schema of output_config", async () => {
    const { client } = createAnthropicClient();
    const schema = {
      type: "object",
      properties: { city: { type: "string" } },
      required: ["city"],
      additionalProperties: false,
    };
    const messages = [{ role: "user" as const, content: "Which city is the capital of France?" }];
    const message = await client.messages.create({
      ...hello,
      messages,
      output_config: { format: { type: "json_schema", schema } },
    });
    const [block] = message.content;
    expect(JSON.parse(block?.type === "text" ? block.text : "")).toEqual({ city: expect.any(String) });
  });

  it("shows the reasoning where it is asked for, and takes it back", async () => {
    const { client } = createAnthropicClient();
    const thinking = { type: "enabled", budget_tokens: 2048 } as const;
    const request = { ...hello, model: GPT_OSS, max_tokens: 4096 };
    const message = await client.messages.create({ ...request, thinking });
    expect(message.content.map(({ type }) => type)).toEqual(["thinking", "text"]);
    expect(message.content[0]).toMatchObject({
      thinking: expect.stringMatching(/\w/),
      signature: expect.stringMatching(/\w/),
    });
    const messages: MessageParam[] = [
      ...request.messages,
      { role: "assistant", content: message.content },
      ...request.messages,
    ];
    const next = await client.messages.create({ ...request, messages, thinking: { type: "disabled" } });
    expect(next.content.map(({ type }) => type)).toEqual(["text"]);
  });
});

describe("messages.stream", () => {
  it.each(modelsByDialect)("says what messages.create says: a model that is $dialect", async ({ model }) => {
    const { client } = createAnthropicClient({ emulator: { quirks: true } });
    const request = { ...hello, model, temperature: 0 };
    const whole = await client.messages.create(request);
    const stream = client.messages.stream(request);
    const texts: string[] = [];
    stream.on("text", (text) => texts.push(text));
    const message = await stream.finalMessage();
    expect(texts.length).toBeGreaterThan(1);
    expect(texts.join("")).toBe(await stream.finalText());
    expect({ ...whole, id: message.id, parsed_output: null }).toEqual(message);
  });

  it("keeps Anthropic's order of events", async () => {
    const { client } = createAnthropicClient();
    const thinking = { type: "adaptive" } as const;
    const request = {
      ...hello,
      model: GPT_OSS,
      messages: aboutParis,
      tools: [weather],
      thinking,
      stream: true as const,
    };
    const types: string[] = [];
    for await (const event of await client.messages.create(request)) {
      const name = event.type === "content_block_delta" ? `${event.type} ${event.delta.type}` : event.type;
      if (types.at(-1) !== name) types.push(name);
    }
    expect(types).toEqual([
      "message_start",
      "content_block_start",
      "content_block_delta thinking_delta",
      "content_block_delta signature_delta",
      "content_block_stop",
      "content_block_start",
      "content_block_delta input_json_delta",
      "content_block_stop",
      "message_delta",
      "message_stop",
    ]);
  });

  it("cancels the upstream where the caller leaves", async () => {
    const ended = Promise.withResolvers<string>();
    const { client } = createAnthropicClient({ emulator: { tokensPerSecond: 50, onStreamEnd: ended.resolve } });
    const messages = [{ role: "user" as const, content: "Write a very long essay about trains." }];
    const stream = await client.messages.create({ ...hello, messages, max_tokens: 5000, stream: true });
    for await (const { type } of stream) if (type === "content_block_delta") break;
    expect(await ended.promise).toBe("cancelled");
  });
});

describe("tools of the Messages API", () => {
  it.each([GRANITE, LLAMA, GEMMA])("go through a whole loop, streamed and whole: %s", async (model) => {
    const { client } = createAnthropicClient({ emulator: { quirks: true } });
    const request = { ...hello, model, tools: [weather], messages: aboutParis };
    const whole = await client.messages.create(request);
    const streamed = await client.messages.stream(request).finalMessage();
    for (const message of [whole, streamed]) {
      expect(message.stop_reason).toBe("tool_use");
      const call = message.content.find((block) => block.type === "tool_use");
      expect(call).toMatchObject({
        id: expect.stringMatching(/^toolu_\w{24}$/),
        name: "get_weather",
        input: { city: "Paris" },
      });
      const result = { type: "tool_result", tool_use_id: call?.id ?? "", content: "21 degrees, sunny" } as const;
      const messages: MessageParam[] = [
        ...aboutParis,
        { role: "assistant", content: message.content },
        { role: "user", content: [result] },
      ];
      const answer = await client.messages.create({ ...request, messages });
      expect(answer).toMatchObject({
        stop_reason: "end_turn",
        content: [{ type: "text", text: expect.stringContaining("21") }],
      });
    }
  });

  it("are called as tool_choice says", async () => {
    const { client } = createAnthropicClient();
    const time: Tool = { ...weather, name: "get_time", description: "Get the current time in a city" };
    const request = { ...hello, model: GEMMA, tools: [weather, time] };
    const none = await client.messages.create({ ...request, messages: aboutParis, tool_choice: { type: "none" } });
    expect(none.content.map(({ type }) => type)).toEqual(["text"]);
    const any = await client.messages.create({ ...request, tool_choice: { type: "any" } });
    expect(any.stop_reason).toBe("tool_use");
    const named = await client.messages.create({
      ...request,
      messages: aboutParis,
      tool_choice: { type: "tool", name: "get_time" },
    });
    expect(named.content.find(({ type }) => type === "tool_use")).toMatchObject({ name: "get_time" });
    const cities = [{ role: "user" as const, content: "What is the weather in Paris and in Rome?" }];
    const both = await client.messages.create({ ...request, messages: cities });
    expect(both.content.filter(({ type }) => type === "tool_use")).toHaveLength(2);
    const single = { type: "auto", disable_parallel_tool_use: true } as const;
    const one = await client.messages.create({ ...request, messages: cities, tool_choice: single });
    expect(one.content.filter(({ type }) => type === "tool_use")).toHaveLength(1);
  });

  it("that run on Anthropic's servers are left out, and named", async () => {
    const { client } = createAnthropicClient();
    const search = { type: "web_search_20250305", name: "web_search" } as const;
    const { data, response } = await client.messages
      .create({ ...hello, tools: [search, weather], messages: aboutParis })
      .withResponse();
    expect(data.stop_reason).toBe("tool_use");
    expect(response.headers.get("x-flaregate-parameters")).toBe("tools=ignored");
  });
});

describe("messages.countTokens", () => {
  it("counts the prompt with its system prompt and its tools, before anything is run", async () => {
    const binding = createFakeBinding(textAnswer("never"));
    const { client } = createAnthropicClient({ binding });
    const { max_tokens: _limit, ...prompt } = hello;
    const bare = await client.messages.countTokens(prompt);
    const full = await client.messages.countTokens({ ...prompt, system: "Talk like a pirate.", tools: [weather] });
    expect(bare.input_tokens).toBeGreaterThan(0);
    expect(full.input_tokens).toBeGreaterThan(bare.input_tokens + 20);
    expect(binding.runs).toEqual([]);
  });

  it("tells how long a prompt is that fits into no window", async () => {
    const { client } = createAnthropicClient();
    const messages = [{ role: "user" as const, content: "word ".repeat(200_000) }];
    const { input_tokens: tokens } = await client.messages.countTokens({ model: LLAMA, messages });
    expect(tokens).toBeGreaterThan(150_000);
  });
});
