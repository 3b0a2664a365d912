import { describe, expect, it } from "vitest";
import * as z from "zod";
import { readError } from "../support/error-answer.ts";
import { createTestGateway } from "../support/gateway.ts";
import { findViolations, publishedSchema } from "../support/published-schemas.ts";

const model = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
const retired = "@cf/meta/llama-3.1-70b-instruct";

const listed = z.looseObject({ id: z.string(), object: z.literal("model"), created: z.number(), owned_by: z.string() });
const list = z.strictObject({ object: z.literal("list"), data: z.array(listed) });

async function readList(vars: Readonly<Record<string, unknown>> = {}) {
  const response = await createTestGateway({ vars }).request("/v1/models");
  expect(response.status).toBe(200);
  const body: unknown = await response.json();
  expect(findViolations(body, publishedSchema("ListModelsResponse"))).toEqual([]);
  return list.parse(body).data;
}

describe("GET /v1/models", () => {
  it("lists models and their aliases, each name once, with their seconds and vendor", async () => {
    const data = await readList();
    const names = data.map(({ id }) => id);
    expect(new Set(names).size).toBe(names.length);
    expect(data).toContainEqual(expect.objectContaining({ id: model, object: "model", owned_by: "meta" }));
    expect(names).toContain("llama-3.3-70b");
    for (const { created } of data) {
      expect(Number.isInteger(created)).toBe(true);
      expect(new Date(created * 1000).getUTCFullYear()).toBeGreaterThan(2022);
    }
  });

  it.each([
    ["@cf/baai/bge-m3", "text-embeddings", "/v1/embeddings", "embeddings", { embedding_dimensions: 1024 }],
    [
      "@cf/google/embeddinggemma-300m",
      "text-embeddings",
      "/v1/embeddings",
      "embeddings",
      { embedding_dimensions: 768 },
    ],
    [
      "@cf/baai/bge-reranker-base",
      "reranking",
      "/v1/rerank",
      "rerank",
      { supported_parameters: ["top_n", "return_documents"] },
    ],
    ["@cf/meta/llama-guard-3-8b", "moderation", "/v1/moderations", "text", {}],
    [model, "text-generation", "/v1/chat/completions", "text", {}],
  ])("says of %s what it is for", async (id, task, endpoint, output, members) => {
    const shown = (await readList()).find((candidate) => candidate.id === id);
    expect(shown).toMatchObject({ task, endpoint, architecture: { output_modalities: [output] }, ...members });
  });

  it("names the endpoint of a model that is called at another", async () => {
    const gateway = createTestGateway();
    const data = await readList();
    const chats = ["/v1/chat/completions", "/v1/moderations"];
    const others = data.filter((shown) => !chats.includes(String(shown["endpoint"])) && !("canonical_id" in shown));
    expect(others.length).toBeGreaterThan(5);
    for (const { id, endpoint } of others) {
      const response = await gateway.post("/v1/chat/completions", {
        model: id,
        messages: [{ role: "user", content: "a" }],
      });
      const error = await readError(response);
      expect(error).toMatchObject({ status: 400, code: "invalid_value", param: "model" });
      expect(error.message).toContain(String(endpoint));
    }
  });

  it("leaves out the models that are retired, and their aliases", async () => {
    const names = (await readList()).map(({ id }) => id);
    expect(names).not.toContain(retired);
    expect(names).not.toContain("llama-3.1-70b");
  });

  it("lists the aliases of MODEL_ALIASES", async () => {
    const data = await readList({ MODEL_ALIASES: JSON.stringify({ "gpt-4o": model, "my/model": "llama-3.3-70b" }) });
    expect(data.filter(({ id }) => id === "gpt-4o" || id === "my/model")).toMatchObject([
      { owned_by: "meta" },
      { owned_by: "meta" },
    ]);
  });

  it("answers the same again", async () => {
    const gateway = createTestGateway();
    const [first, second] = [await gateway.request("/v1/models"), await gateway.request("/models")];
    expect(await second.text()).toBe(await first.text());
  });
});

describe("GET /v1/models/{id}", () => {
  it.each([
    `/v1/models/${model}`,
    `/v1/models/${model}/`,
    `/v1/models/${encodeURIComponent(model)}`,
    "/v1/models/@cf%2Fmeta%2Fllama-3.3-70b-instruct-fp8-fast",
    "/v1/models/%40cf/meta/llama-3.3-70b-instruct-fp8-fast",
    `/models/${model}`,
    `/v1/v1/models/${model}`,
    `/v1/models/${model}?x=1`,
  ])("finds a model at %s", async (path) => {
    const response = await createTestGateway().request(path);
    expect(response.status).toBe(200);
    const body: unknown = await response.json();
    expect(findViolations(body, publishedSchema("Model"))).toEqual([]);
    expect(body).toMatchObject({ id: model, object: "model", owned_by: "meta" });
    expect(body).not.toHaveProperty("shutdown_date");
  });

  it("finds an alias under its own name", async () => {
    const response = await createTestGateway().request("/v1/models/llama-3.3-70b");
    expect(await response.json()).toMatchObject({ id: "llama-3.3-70b", owned_by: "meta" });
  });

  it.each([retired, "llama-3.1-70b", encodeURIComponent(retired)])(
    "shows the last day of the retired %s",
    async (name) => {
      const response = await createTestGateway().request(`/v1/models/${name}`);
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ id: decodeURIComponent(name), shutdown_date: "2026-05-30" });
    },
  );

  it.each([
    "gpt-4o",
    "@cf/meta/none",
    "@cf",
    "..%2f..%2fetc",
    "%252e%252e",
    "%00",
    "%E0%A4%A",
    "__proto__",
    "constructor",
    "a%09b",
    "m".repeat(10_240),
  ])("answers an unknown name with 404 model_not_found (%#)", async (name) => {
    const error = await readError(await createTestGateway().request(`/v1/models/${name}`));
    expect(error).toMatchObject({
      status: 404,
      type: "invalid_request_error",
      code: "model_not_found",
      param: "model",
    });
    expect(error.message).toMatch(/^The model '.{1,101}' does not exist or you do not have access to it\.$/u);
  });

  it("answers a name with line breaks with 404, and no header of it", async () => {
    const response = await createTestGateway().request("/v1/models/a%0d%0ax-injected:%201");
    expect(response.headers.has("x-injected")).toBe(false);
    expect(await readError(response)).toHaveProperty("status", 404);
  });
});

async function retrieve(name: string): Promise<unknown> {
  return (await createTestGateway().request(`/v1/models/${name}`)).json();
}

describe("models of images and of sound", () => {
  it("say where they are called, what goes in and comes out, and what they take", async () => {
    expect(await retrieve("phoenix-1.0")).toMatchObject({
      task: "text-to-image",
      endpoint: "/v1/images/generations",
      architecture: { input_modalities: ["text"], output_modalities: ["image"] },
      supported_parameters: expect.arrayContaining(["n", "size", "negative_prompt"]),
      parameter_schemas: { steps: { maximum: 50 }, guidance: { minimum: 2, maximum: 10 } },
    });
    expect(await retrieve("whisper")).toMatchObject({
      endpoint: "/v1/audio/transcriptions",
      architecture: { input_modalities: ["audio"], output_modalities: ["text"] },
      supported_parameters: ["response_format", "timestamp_granularities", "stream"],
    });
    expect(await retrieve("melotts")).toMatchObject({
      endpoint: "/v1/audio/speech",
      parameter_schemas: { voice: { enum: ["en", "es", "fr", "zh", "jp", "kr"] }, response_format: { enum: ["mp3"] } },
    });
  });

  it("tell their prices by what they are billed by", async () => {
    const flux = await retrieve("flux-1-schnell");
    expect(flux).toMatchObject({ unit_pricing: { output_tile: "0.0000528", step: "0.0001056" } });
    expect(flux).not.toHaveProperty("pricing");
  });
});
