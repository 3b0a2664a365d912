import { describe, expect, it } from "vitest";
import { createTestGateway } from "../support/gateway.ts";
import { readNamedEvents } from "../support/named-events.ts";
import { GEMMA } from "./support/samples.ts";

/** A request as Claude Code sends it: everything that it has grown over its versions, at once. */
const request = {
  model: "claude-opus-4-8",
  max_tokens: 32_000,
  stream: true,
  temperature: 1,
  metadata: { user_id: "user_0123_account__session_01234567-89ab-cdef-0123-456789abcdef" },
  thinking: { type: "adaptive" },
  output_config: { effort: "high" },
  context_management: { edits: [{ type: "clear_thinking_20251015", keep: "all" }] },
  system: [
    { type: "text", text: "x-anthropic-billing-header: cc_version=2.9" },
    { type: "text", text: "You are a coding agent.", cache_control: { type: "ephemeral" } },
  ],
  tools: [
    {
      name: "Read",
      description: "Reads a file",
      input_schema: {
        $schema: "https://json-schema.org/draft/2020-12/schema",
        type: "object",
        properties: { file_path: { type: "string" }, limit: { type: "number", exclusiveMinimum: 0 } },
        required: ["file_path"],
        additionalProperties: false,
      },
      eager_input_streaming: true,
      cache_control: { type: "ephemeral", ttl: "1h" },
    },
    { type: "web_search_20250305", name: "web_search", max_uses: 8 },
  ],
  messages: [
    {
      role: "user",
      content: [
        { type: "text", text: "<system-reminder>Today is a day.</system-reminder>" },
        { type: "text", text: "Read the file notes.txt", cache_control: { type: "ephemeral" } },
      ],
    },
    {
      role: "assistant",
      content: [
        { type: "thinking", thinking: "They want the file.", signature: "unsigned" },
        { type: "text", text: "I will read it." },
        {
          type: "tool_use",
          id: "toolu_A",
          name: "Read",
          input: { file_path: "notes.txt" },
          caller: { type: "direct" },
        },
        { type: "tool_use", id: "toolu_B", name: "Read", input: { file_path: "more.txt" } },
      ],
    },
    {
      role: "user",
      content: [
        { type: "tool_result", tool_use_id: "toolu_A", content: [{ type: "text", text: "1\tbuy milk" }] },
        { type: "tool_result", tool_use_id: "toolu_B", is_error: true, content: "File does not exist." },
        { type: "text", text: "What do the notes say?" },
      ],
    },
  ],
};

const headers = {
  "anthropic-version": "2023-06-01",
  "anthropic-beta": "claude-code-20250219,interleaved-thinking-2025-05-14",
  "anthropic-dangerous-direct-browser-access": "true",
  "x-app": "cli",
};

describe("requests in the shape of Claude Code's", () => {
  const gateway = createTestGateway({ vars: { MODEL_ALIASES: { "claude-opus-4-8": GEMMA } } });

  it("are answered as a stream that ends with a message", async () => {
    const response = await gateway.post("/v1/messages?beta=true", request, headers);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    expect(response.headers.get("x-flaregate-parameters")).toContain("context_management=ignored");
    const events = readNamedEvents(await response.text());
    expect(events.at(0)?.name).toBe("message_start");
    expect(events.at(-1)?.name).toBe("message_stop");
    for (const { name, data } of events) expect(data).toMatchObject({ type: name });
  });

  it("are counted, with the query of its betas", async () => {
    const { model, system, tools, messages, thinking } = request;
    const body = { model, system, tools, messages, thinking };
    const response = await gateway.post("/v1/messages/count_tokens?beta=true", body, headers);
    expect(await response.json()).toEqual({ input_tokens: expect.any(Number) });
  });

  it("may ask for a single token, to see whether the account is served", async () => {
    const messages = [{ role: "user", content: "quota" }];
    const response = await gateway.post("/v1/messages", { model: request.model, max_tokens: 1, messages }, headers);
    expect(await response.json()).toMatchObject({ type: "message", stop_reason: "max_tokens" });
  });
});
