import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readError } from "../support/error-answer.ts";
import { createTestGateway } from "../support/gateway.ts";
import { publishedSchema } from "../support/published-schemas.ts";
import { arbitraryOf } from "../support/schema-arbitrary.ts";

/** One of each wire format: native, OpenAI's with reasoning, with images, and one that nobody knows. */
const model = fc.constantFrom(
  "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
  "@cf/openai/gpt-oss-120b",
  "@cf/meta/llama-4-scout-17b-16e-instruct",
  "@cf/nobody/knows",
);

const gateway = createTestGateway();

const texts = fc.oneof(fc.string(), fc.array(fc.string(), { maxLength: 4 }));
const anything = fc.jsonValue({ maxDepth: 3 });

/** Requests for tasks: each member is what it has to be, or anything. */
const taskRequests: Readonly<Record<string, fc.Arbitrary<object>>> = {
  "/v1/embeddings": fc.record({
    model: fc.constantFrom("bge-m3", "bge-small", "qwen3-embedding", "embeddinggemma"),
    input: fc.oneof(texts, anything),
    dimensions: fc.oneof(fc.constantFrom(undefined, 128, 384), anything),
    encoding_format: fc.oneof(fc.constantFrom("float", "base64", undefined), anything),
  }),
  "/v1/rerank": fc.record({
    model: fc.constant("bge-reranker-base"),
    query: fc.oneof(fc.string(), anything),
    documents: fc.oneof(fc.array(fc.string()), anything),
    top_n: fc.oneof(fc.nat(4), anything),
    return_documents: fc.boolean(),
  }),
  "/v1/moderations": fc.record({ input: fc.oneof(texts, anything) }),
};

/** Either the answer, or a 4xx in OpenAI's form: nothing that a body holds may be a failure of the gateway's. */
async function check(path: string, body: BodyInit): Promise<void> {
  const response = await gateway.request(path, { method: "POST", body });
  if (response.status === 200) {
    await response.text();
    return;
  }
  const error = await readError(response);
  expect(error).toMatchObject({ type: "invalid_request_error" });
  expect(error.status).toBeLessThan(500);
}

function checkAll<Value>(values: fc.Arbitrary<Value>, path: string, toBody: (value: Value) => BodyInit): Promise<void> {
  const property = fc.asyncProperty(values, (value) => check(path, toBody(value)));
  return Promise.resolve(fc.assert(property, { seed: 20_261_121, numRuns: 300 }));
}

describe("whatever the body, the answer is one of the contract", () => {
  it("any bytes", async () => {
    const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Uint8Array.from(array));
    await expect(checkAll(bytes, "/v1/chat/completions", (value) => value)).resolves.toBeUndefined();
  });

  it("any JSON", async () => {
    const values = fc.jsonValue({ maxDepth: 4 });
    await expect(checkAll(values, "/v1/completions", JSON.stringify)).resolves.toBeUndefined();
  });

  it("any JSON in any member", async () => {
    const members = fc.constantFrom(
      "messages",
      "tools",
      "tool_choice",
      "response_format",
      "stop",
      "n",
      "stream_options",
      "models",
    );
    const requests = fc.tuple(model, members, fc.jsonValue({ maxDepth: 3 })).map(([name, member, value]) => ({
      model: name,
      messages: [{ role: "user", content: "Hello" }],
      [member]: value,
    }));
    await expect(checkAll(requests, "/v1/chat/completions", JSON.stringify)).resolves.toBeUndefined();
  });

  it.each(Object.entries(taskRequests))("any request to %s", async (path, requests) => {
    await expect(checkAll(requests, path, JSON.stringify)).resolves.toBeUndefined();
  });

  it.each([
    ["/v1/chat/completions", "CreateChatCompletionRequest"],
    ["/v1/completions", "CreateCompletionRequest"],
  ])("any published request to %s", async (path, name) => {
    // `best_of` needs log probabilities, and an upstream that reports none is a failure of its own. Answers are short: there
    // may be 128 of them for each of several prompts.
    const requests = fc
      .tuple(arbitraryOf(publishedSchema(name)), model)
      .map(([request, id]) => Object.assign({}, request, { model: id, best_of: null, max_tokens: 20 }));
    await expect(checkAll(requests, path, JSON.stringify)).resolves.toBeUndefined();
  });
});
