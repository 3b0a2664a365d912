import Anthropic, { APIError, BadRequestError } from "@anthropic-ai/sdk";
import type { MessageCreateParamsNonStreaming } from "@anthropic-ai/sdk/resources/messages";
import { describe, expect, it } from "vitest";
import type { TestGatewayOptions } from "../support/gateway.ts";
import { createAnthropicClient } from "./support/anthropic-client.ts";
import { createFakeBinding, refusal, streamAnswer } from "./support/fake-binding.ts";
import { GEMMA, GRANITE, LLAMA } from "./support/samples.ts";

const hello = { model: LLAMA, max_tokens: 100, messages: [{ role: "user", content: "Hello!" }] };

async function fail(request: object, options: TestGatewayOptions = {}, apiKey = "sk-test"): Promise<unknown> {
  const { client } = createAnthropicClient(options, { apiKey });
  return client.messages.create(request as MessageCreateParamsNonStreaming).catch((error: unknown) => error);
}

describe("errors of the Messages API", () => {
  it.each([
    ["AuthenticationError", "a wrong key", hello, "sk-wrong", "authentication_error"],
    ["NotFoundError", "an unknown model", { ...hello, model: "claude-nobody-mapped" }, "sk-test", "not_found_error"],
    ["BadRequestError", "no messages", { ...hello, messages: [] }, "sk-test", "invalid_request_error"],
  ] as const)("raise %s for %s", async (name, _case, request, key, type) => {
    const error = await fail(request, {}, key);
    expect(error).toBeInstanceOf(Anthropic[name]);
    expect(error).toMatchObject({ type, requestID: expect.stringMatching(/^req_/) });
    expect(error).toMatchObject({
      error: { type: "error", error: { type }, request_id: expect.stringMatching(/^req_/) },
    });
    expect(String(error)).not.toContain("sk-wrong");
  });

  it.each([
    ["max_tokens", { max_tokens: undefined }],
    ["max_tokens", { max_tokens: 0 }],
    ["temperature", { temperature: 1.5 }],
    ["messages[0].role", { messages: [{ role: "tool", content: "x" }] }],
    ["messages[0].content[0].type", { messages: [{ role: "user", content: [{ type: "smell" }] }] }],
    [
      "messages[0].content[0].source.media_type",
      { messages: [userBlock({ type: "image", source: { type: "base64", media_type: "image/bmp", data: "AA==" } })] },
    ],
    [
      "messages[0].content[0].source.type",
      { model: GEMMA, messages: [userBlock({ type: "image", source: { type: "file", file_id: "file_1" } })] },
    ],
    [
      "messages[0].content[0].source.type",
      {
        messages: [
          userBlock({ type: "document", source: { type: "base64", media_type: "application/pdf", data: "AA==" } }),
        ],
      },
    ],
    ["messages[0].content[0]", { messages: [userBlock({ type: "thinking", thinking: "x", signature: "y" })] }],
    [
      "messages[0].content[0].type",
      { messages: [userBlock({ type: "image", source: { type: "base64", media_type: "image/png", data: "AA==" } })] },
    ],
    [
      "messages[0]",
      { messages: [{ role: "assistant", content: [{ type: "tool_use", id: "toolu_1", name: "f", input: {} }] }] },
    ],
    ["tools[0].input_schema", { tools: [{ name: "f" }] }],
    [
      "tool_choice.name",
      { tools: [{ name: "f", input_schema: { type: "object" } }], tool_choice: { type: "tool", name: "g" } },
    ],
    ["tool_choice", { tool_choice: { type: "any" } }],
    ["thinking.budget_tokens", { thinking: { type: "enabled" } }],
    [
      "output_config.format.schema",
      { output_config: { format: { type: "json_schema", schema: { type: "object", $ref: "#/nowhere" } } } },
    ],
  ])("name the member at fault: %s %j", async (member, change) => {
    const error = await fail({ ...hello, ...change });
    expect(error).toBeInstanceOf(BadRequestError);
    expect(String(error)).toContain(member);
  });

  it("tell what a prompt is that does not fit", async () => {
    const messages = [{ role: "user", content: "word ".repeat(200_000) }];
    const error = await fail({ ...hello, messages });
    expect(error).toBeInstanceOf(BadRequestError);
    expect(String(error)).toMatch(/maximum context length is 24000 tokens/);
  });

  it.each([
    ["RateLimitError", 429, "rate_limit_error", refusal(429, 3040)],
    ["InternalServerError", 500, "api_error", refusal(500, 3043)],
    ["GatewayTimeoutError", 504, "timeout_error", refusal(408, 3046)],
  ] as const)("raise %s for failures of the upstream, with nothing of its text", async (name, status, type, answer) => {
    const error = await fail(hello, { binding: createFakeBinding(answer), vars: { MAX_ATTEMPTS: 1 } });
    expect(error).toBeInstanceOf(Anthropic[name]);
    expect(error).toMatchObject({ status, type });
    expect(String(error)).not.toContain("upstream detail");
  });

  it.each(["break", "error frame"] as const)(
    "end a stream that fails as an error event, and never as a message that is over: %s",
    async (end) => {
      const binding = createFakeBinding(streamAnswer(["Once", " upon"], end));
      const { client } = createAnthropicClient({ binding });
      const stream = client.messages.stream({ ...hello, model: GRANITE } as MessageCreateParamsNonStreaming);
      const types: string[] = [];
      stream.on("streamEvent", ({ type }) => types.push(type));
      const error = await stream.finalMessage().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(APIError);
      expect(error).toMatchObject({ type: "api_error" });
      expect(String(error)).not.toContain("inner secret");
      expect(types).toContain("content_block_delta");
      expect(types).not.toContain("message_delta");
      expect(types).not.toContain("message_stop");
    },
  );

  it("tell in strict mode what could only be ignored, under the caller's name for it", async () => {
    const { client } = createAnthropicClient({ vars: { STRICT_PARAMETERS: "true" } });
    const thinking = { type: "enabled", budget_tokens: 1024 } as const;
    const request = { ...hello, max_tokens: 2000, thinking } as MessageCreateParamsNonStreaming;
    await expect(client.messages.create(request)).rejects.toThrow("'thinking' has no effect");
  });
});

function userBlock(block: object): object {
  return { role: "user", content: [block] };
}
