import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTestGateway } from "../support/gateway.ts";

const gateway = createTestGateway();
const bounds = { seed: 20_261_126, numRuns: 300 };
const model = fc.constantFrom(
  "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
  "@cf/openai/gpt-oss-120b",
  "@cf/nobody/knows",
);

/** The answer, or a 4xx in Anthropic's form: nothing that a body holds may be a failure of the gateway's. */
async function check(path: string, body: object): Promise<void> {
  const response = await gateway.post(path, body);
  const answer: unknown = await response.json();
  if (response.status === 200) return;
  expect(response.status).toBeLessThan(500);
  expect(answer).toEqual({
    type: "error",
    error: { type: expect.stringMatching(/_error$/), message: expect.stringMatching(/\w/) },
    request_id: expect.stringMatching(/^req_/),
  });
}

const text = fc.record({ type: fc.constant("text"), text: fc.string() });
const image = fc.record({ type: fc.constant("image"), source: fc.jsonValue({ maxDepth: 1 }) });
const call = fc.record({
  type: fc.constant("tool_use"),
  id: fc.constantFrom("a", "b"),
  name: fc.string(),
  input: fc.object(),
});
const result = fc.record({
  type: fc.constant("tool_result"),
  tool_use_id: fc.constantFrom("a", "b"),
  content: fc.oneof(fc.string(), fc.array(text, { maxLength: 2 })),
  is_error: fc.boolean(),
});
const thought = fc.record({ type: fc.constant("thinking"), thinking: fc.string(), signature: fc.string() });
const block = fc.oneof(text, text, image, call, result, thought);
const message = fc.record({
  role: fc.constantFrom("user", "assistant", "system"),
  content: fc.oneof(fc.string(), fc.array(block, { maxLength: 4 })),
});

describe("whatever the body, the Messages API answers in its own form", () => {
  it("any JSON in any member", async () => {
    const members = fc.constantFrom(
      "messages",
      "system",
      "tools",
      "tool_choice",
      "thinking",
      "output_config",
      "stop_sequences",
      "metadata",
      "models",
    );
    const requests = fc.tuple(model, members, fc.jsonValue({ maxDepth: 3 })).map(([id, member, value]) => ({
      model: id,
      max_tokens: 10,
      messages: [{ role: "user", content: "Hello" }],
      [member]: value,
    }));
    const property = fc.asyncProperty(requests, (request) => check("/v1/messages", request));
    await expect(fc.assert(property, bounds)).resolves.toBeUndefined();
  });

  it("any conversation, answered and counted", async () => {
    const requests = fc.tuple(model, fc.array(message, { minLength: 1, maxLength: 5 }));
    const property = fc.asyncProperty(requests, async ([id, messages]) => {
      await check("/v1/messages", { model: id, max_tokens: 10, messages });
      await check("/v1/messages/count_tokens", { model: id, messages });
    });
    await expect(fc.assert(property, bounds)).resolves.toBeUndefined();
  });
});
