import type { ResponseInputItem } from "openai/resources/responses/responses";
import { describe, expect, it } from "vitest";
import { isRecord } from "../../src/json.ts";
import { createBinding, nativeAnswer } from "../support/binding.ts";
import { createTestGateway } from "../support/gateway.ts";
import { createTestClient } from "./support/client.ts";
import { LLAMA } from "./support/samples.ts";

/** The length of a conversation: counted, cut and compacted. */

const { client, exchanges } = createTestClient();
const talk: ResponseInputItem[] = [
  { role: "user", content: "My name is Ada." },
  { role: "assistant", content: "Hello Ada." },
  { type: "function_call", call_id: "call_1", name: "get_weather", arguments: '{"city":"Paris"}' },
  { type: "function_call_output", call_id: "call_1", output: "25 degrees" },
  { role: "user", content: "Thank you." },
];

describe("responses.inputTokens.count", () => {
  it("tells about how many tokens the input has, without a call of the model", async () => {
    const short = await client.responses.inputTokens.count({ model: LLAMA, input: "Hello" });
    expect(short).toMatchObject({ object: "response.input_tokens" });
    expect(exchanges.at(-1)?.response.headers.get("x-flaregate-parameters")).toBe("input_tokens=emulated");
    expect(exchanges.at(-1)?.response.headers.get("x-flaregate-attempts")).toBe("0");
    const long = await client.responses.inputTokens.count({ model: LLAMA, input: talk, instructions: "Be brief." });
    expect(long.input_tokens).toBeGreaterThan(short.input_tokens);
    const { usage } = await client.responses.create({ model: LLAMA, input: "Hello" });
    expect(Math.abs(short.input_tokens - (usage?.input_tokens ?? 0))).toBeLessThan(20);
  });
});

describe("responses.compact", () => {
  it("keeps what the user said, word for word, and sums up the rest", async () => {
    const compacted = await client.responses.compact({ model: LLAMA, input: talk });
    expect(compacted).toMatchObject({ object: "response.compaction", usage: { total_tokens: expect.any(Number) } });
    expect(compacted.output).toMatchObject([
      { type: "message", role: "user", content: [{ type: "input_text", text: "My name is Ada." }] },
      { type: "message", role: "user", content: [{ type: "input_text", text: "Thank you." }] },
      { type: "compaction", encrypted_content: expect.any(String) },
    ]);
  });

  it("gives items from which a response goes on, with the summary before the model", async () => {
    const binding = createBinding(() => nativeAnswer("Ada asked for the weather in Paris."));
    const { client: other } = createTestClient({ binding });
    const compacted = await other.responses.compact({ model: LLAMA, input: talk });
    const input = [...(compacted.output as ResponseInputItem[]), { role: "user" as const, content: "Who am I?" }];
    await other.responses.create({ model: LLAMA, input });
    const inputs = binding.calls.at(-1)?.inputs;
    const messages = isRecord(inputs) && Array.isArray(inputs["messages"]) ? inputs["messages"] : [];
    expect(messages).toMatchObject([
      { role: "user", content: "My name is Ada." },
      { role: "user", content: "Thank you." },
      { role: "user", content: "Summary of the conversation so far:\nAda asked for the weather in Paris." },
      { role: "user", content: "Who am I?" },
    ]);
  });

  it("refuses a compaction that another service made, and a request without a model", async () => {
    const gateway = createTestGateway();
    const foreign = { model: LLAMA, input: [{ type: "compaction", encrypted_content: "gAAAAABpM0Yj" }] };
    const refused = await gateway.post("/v1/responses", foreign);
    expect(await refused.json()).toMatchObject({ error: { param: "input[0].encrypted_content" } });
    expect((await gateway.post("/v1/responses/compact", { input: "Hello" })).status).toBe(400);
  });

  it("fails where the model does not sum up to the end", async () => {
    const gateway = createTestGateway({ binding: createBinding(() => nativeAnswer("")) });
    const response = await gateway.post("/v1/responses/compact", { model: LLAMA, input: "Hello" });
    expect(response.status).toBe(502);
  });
});

describe("truncation", () => {
  const long = Array.from({ length: 60 }, (_, turn) => ({
    role: "user",
    content: `Turn ${turn}: ${"word ".repeat(1000)}`,
  }));
  const body = { model: LLAMA, instructions: "Be brief.", input: [...long, { role: "user", content: "The last one" }] };

  it("auto drops the oldest items until the rest fits, and says so", async () => {
    const binding = createBinding(() => nativeAnswer());
    const response = await createTestGateway({ binding }).post("/v1/responses", {
      ...body,
      truncation: "auto",
      store: false,
    });
    expect(response.status).toBe(200);
    expect(response.headers.get("x-flaregate-parameters")).toBe("truncation=emulated");
    const text = JSON.stringify(binding.calls[0]?.inputs);
    for (const kept of ["Be brief.", "The last one", "Turn 59"]) expect(text).toContain(kept);
    expect(text).not.toContain("Turn 0:");
  });

  it("disabled, which it is by default, refuses the request", async () => {
    const response = await createTestGateway().post("/v1/responses", body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: "context_length_exceeded", param: "input" } });
  });

  it("auto leaves alone what fits", async () => {
    const response = await createTestGateway().post("/v1/responses", {
      model: LLAMA,
      input: "Hello",
      truncation: "auto",
      store: false,
    });
    expect(response.headers.get("x-flaregate-parameters")).toBeNull();
    expect(await response.json()).toMatchObject({ truncation: "auto" });
  });
});
