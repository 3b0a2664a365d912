import { describe, expect, it } from "vitest";
import { arrayOf, objectOf, parseJson, type JsonObject } from "../../src/emulator/json-value.ts";
import { createTestGateway } from "../support/gateway.ts";
import { ask, at, GEMMA } from "./support.ts";

/** What a developer sees through the gateway where the emulator stands for Workers AI, quirks and all. */

const gateway = createTestGateway({ emulator: { quirks: true } });

async function post(path: string, body: JsonObject): Promise<JsonObject> {
  const response = await gateway.post(path, body);
  return { status: response.status, ...objectOf(await response.json()) };
}

describe("JSON from models without a JSON mode", () => {
  const schema = {
    type: "object",
    properties: { city: { type: "string" }, year: { type: "integer" } },
    required: ["city", "year"],
    additionalProperties: false,
  };

  it.each([
    ["@cf/openai/gpt-oss-120b", { type: "object" }],
    ["@cf/qwen/qwen3-30b-a3b-fp8", { type: "object" }],
    ["@cf/openai/gpt-oss-120b", schema],
    ["@cf/qwen/qwen3-30b-a3b-fp8", schema],
    ["@cf/ibm-granite/granite-4.0-h-micro", schema],
    ["@cf/deepseek-ai/deepseek-r1-distill-qwen-32b", schema],
  ])("follows a schema, from %s with %j", async (model, wanted) => {
    const json_schema = { name: "answer", schema: wanted, strict: true };
    const body = await post("/v1/chat/completions", {
      model,
      ...ask("Hello"),
      response_format: { type: "json_schema", json_schema },
    });
    expect(body.status, JSON.stringify(body)).toBe(200);
    const answer = objectOf(parseJson(String(at(body, "choices", 0, "message", "content"))));
    expect(Object.keys(answer)).toEqual(Object.keys("properties" in wanted ? wanted.properties : {}));
  });

  it.each(["@cf/qwen/qwen3-30b-a3b-fp8", "@cf/meta/llama-3.2-3b-instruct"])("is an object, from %s", async (model) => {
    const body = await post("/v1/chat/completions", {
      model,
      ...ask("Hello"),
      response_format: { type: "json_object" },
    });
    expect(body.status, JSON.stringify(body)).toBe(200);
    expect(parseJson(String(at(body, "choices", 0, "message", "content")))).toEqual({ answer: expect.any(String) });
  });
});

const request = { model: GEMMA, ...ask("Tell me about bread."), seed: 3, logprobs: true, top_logprobs: 4 };

function contentOf(body: unknown): readonly unknown[] {
  return arrayOf(at(body, "choices", 0, "logprobs", "content"));
}

async function meanLogprob(temperature: number): Promise<number> {
  const body = await post("/v1/chat/completions", { ...request, temperature, max_tokens: 150 });
  const values = contentOf(body).map((entry) => Number(at(entry, "logprob")));
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe("log probabilities", () => {
  it("are those of the tokens that the text is made of, the likeliest first beside them", async () => {
    const body = await post("/v1/chat/completions", request);
    const content = contentOf(body);
    expect(content.map((entry) => at(entry, "token")).join("")).toBe(at(body, "choices", 0, "message", "content"));
    for (const entry of content) {
      expect(at(entry, "logprob")).toBeLessThanOrEqual(0);
      const top = arrayOf(at(entry, "top_logprobs")).map((other) => Number(at(other, "logprob")));
      expect(top).toHaveLength(Math.min(4, top.length));
      expect(top).toEqual(top.toSorted((left, right) => right - left));
      expect(top.reduce((sum, logprob) => sum + Math.exp(logprob), 0)).toBeLessThanOrEqual(1.0001);
    }
  });

  it("are the same in a stream", async () => {
    const whole = contentOf(await post("/v1/chat/completions", request));
    const response = await gateway.post("/v1/chat/completions", { ...request, stream: true });
    const streamed = (await response.text())
      .split("\n\n")
      .flatMap((record) => contentOf(parseJson(record.replace("data: ", ""))));
    expect(streamed).toEqual(whole);
  });

  it("are lower where the sampler was braver", async () => {
    expect(await meanLogprob(2)).toBeLessThan(await meanLogprob(0));
  });

  it("let the gateway choose the best of several text completions", async () => {
    const body = await post("/v1/completions", { model: GEMMA, prompt: "Bread is", best_of: 3, n: 1, logprobs: 2 });
    expect(body.status, JSON.stringify(body)).toBe(200);
    expect(arrayOf(at(body, "choices", 0, "logprobs", "tokens")).join("")).toBe(at(body, "choices", 0, "text"));
  });
});
