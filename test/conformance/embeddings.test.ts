import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { embedMany } from "ai";
import { BadRequestError, OpenAI } from "openai";
import { OpenAI as OpenAIv4 } from "openai-v4";
import { OpenAI as OpenAIv6 } from "openai-v6";
import { describe, expect, it } from "vitest";
import { createEmulatorBinding } from "../../src/emulator/binding.ts";
import type { AiBinding, RunInputs } from "../../src/workers-ai/binding.ts";
import { createTestGateway } from "../support/gateway.ts";
import type { TestGateway, TestGatewayOptions } from "../support/gateway.ts";
import { createTestClient } from "./support/client.ts";

const BASE = "@cf/baai/bge-base-en-v1.5";
const GEMMA = "@cf/google/embeddinggemma-300m";
const QWEN = "@cf/qwen/qwen3-embedding-0.6b";

/** What each version of the client gives for a text. */
const versions: readonly (readonly [
  string,
  (options: TestGatewayOptions) => Promise<readonly number[] | undefined>,
])[] = [
  ["4", (options) => embedWith(new OpenAIv4(settings(options)))],
  ["6", (options) => embedWith(new OpenAIv6(settings(options)))],
  ["7", (options) => embedWith(new OpenAI(settings(options)))],
];

/** The part of the client that all its versions have. */
interface Embedder {
  readonly embeddings: {
    create(body: { model: string; input: string }): PromiseLike<{ data: { embedding: number[] }[] }>;
  };
}

async function embedWith(client: Embedder): Promise<readonly number[] | undefined> {
  const { data } = await client.embeddings.create({ model: BASE, input: "The river is wide." });
  return data[0]?.embedding;
}

function settings(options: TestGatewayOptions) {
  const gateway = createTestGateway(options);
  const fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    return gateway.request(pathname, init);
  };
  return { apiKey: "sk-test", baseURL: "https://gateway.test/v1", maxRetries: 0, fetch };
}

/** The emulator, and the inputs with which it was called. */
function createRecorder(): { readonly binding: AiBinding; readonly inputs: RunInputs[] } {
  const emulator = createEmulatorBinding({ quirks: false, seed: 1 });
  const inputs: RunInputs[] = [];
  const binding: AiBinding = {
    run(model, given, options) {
      inputs.push(given);
      return emulator.run(model, given, options);
    },
  };
  return { binding, inputs };
}

/** A gateway in front of a model that always answers this. */
function createGateway(answer: object): TestGateway {
  return createTestGateway({ binding: { run: async () => Response.json(answer) } });
}

function lengthOf(vector: readonly number[]): number {
  return Math.hypot(...vector);
}

describe("embeddings.create", () => {
  it.each(versions)("gives the client of version %s the vector that the model made", async (_version, embed) => {
    const vector = await embed({});
    const { client } = createTestClient();
    const plain = await client.embeddings.create({
      model: BASE,
      input: "The river is wide.",
      encoding_format: "float",
    });
    expect(vector).toHaveLength(768);
    expect(vector).toEqual(plain.data[0]?.embedding.map((value) => Math.fround(value)));
  });

  it("answers with OpenAI's object, base64 as little-endian 32-bit floats", async () => {
    const gateway = createTestGateway();
    const request = { model: "bge-base", input: ["one", "two"] };
    const floats = await (await gateway.post("/v1/embeddings", request)).json();
    const response = await gateway.post("/v1/embeddings", { ...request, encoding_format: "base64" });
    expect(response.headers.get("content-type")).toBe("application/json");
    const body: { data: { embedding: string }[] } = await response.json();
    expect(body).toEqual({
      object: "list",
      data: [0, 1].map((index) => ({ object: "embedding", index, embedding: expect.any(String) })),
      model: BASE,
    });
    const bytes = Uint8Array.from(atob(body.data[1]?.embedding ?? ""), (character) => character.charCodeAt(0));
    const view = new DataView(bytes.buffer);
    const decoded = Array.from({ length: 768 }, (_, index) => view.getFloat32(4 * index, true));
    expect(floats).toMatchObject({ data: [{}, { object: "embedding", index: 1, embedding: decoded }] });
  });

  it("embeds up to 2048 texts in batches of what the model takes, in order", async () => {
    const { binding, inputs } = createRecorder();
    const { client } = createTestClient({ binding });
    const input = Array.from({ length: 2048 }, (_, index) => `text number ${index}`);
    const { data } = await client.embeddings.create({ model: "@cf/baai/bge-small-en-v1.5", input });
    expect(data.map(({ index }) => index)).toEqual(input.map((_, index) => index));
    const sizes = inputs.map(({ text }) => (Array.isArray(text) ? text.length : 0));
    expect(sizes).toEqual([...Array.from({ length: 20 }, () => 100), 48]);
    const alone = await client.embeddings.create({ model: "@cf/baai/bge-small-en-v1.5", input: "text number 1203" });
    expect(data[1203]?.embedding).toEqual(alone.data[0]?.embedding);
  });

  it("asks a model that takes fewer texts for fewer at once", async () => {
    const { binding, inputs } = createRecorder();
    const { client } = createTestClient({ binding });
    await client.embeddings.create({ model: QWEN, input: Array.from({ length: 33 }, () => "a") });
    expect(inputs.map(({ text }) => (Array.isArray(text) ? text.length : 0))).toEqual([32, 1]);
  });

  it("tells usage where Workers AI does, and none where it does not", async () => {
    const usage = { prompt_tokens: 3, total_tokens: 3 };
    const answer = { shape: [1, 2], data: [[0.6, 0.8]] };
    const request = { model: BASE, input: ["a"] };
    const told = await (await createGateway({ ...answer, usage }).post("/v1/embeddings", request)).json();
    expect(told).toMatchObject({ usage });
    const untold = await (await createGateway(answer).post("/v1/embeddings", request)).json();
    expect(untold).not.toHaveProperty("usage");
  });

  it("serves other clients: the AI SDK's embedMany", async () => {
    const { apiKey, baseURL, fetch } = settings({});
    const provider = createOpenAICompatible({ name: "flaregate", apiKey, baseURL, fetch });
    const { embeddings } = await embedMany({
      model: provider.embeddingModel(BASE),
      values: ["one", "two", "three"],
    });
    expect(embeddings.map((vector) => vector.length)).toEqual([768, 768, 768]);
  });
});

describe("dimensions", () => {
  it.each([
    [GEMMA, 256],
    [QWEN, 100],
  ])("shorten the vectors of %s, which is trained for it, to unit vectors of %i", async (model, dimensions) => {
    const { client } = createTestClient();
    const { data, response } = await client.embeddings.create({ model, input: "a river", dimensions }).withResponse();
    const vector = data.data[0]?.embedding ?? [];
    expect(vector).toHaveLength(dimensions);
    expect(lengthOf(vector)).toBeCloseTo(1, 5);
    expect(response.headers.get("x-flaregate-parameters")).toBe("dimensions=emulated");
  });

  it("may be the model's own", async () => {
    const { client } = createTestClient();
    const { response } = await client.embeddings.create({ model: BASE, input: "a", dimensions: 768 }).withResponse();
    expect(response.headers.get("x-flaregate-parameters")).toBeNull();
  });

  it.each([
    [BASE, 512, "not trained for fewer"],
    [GEMMA, 300, "128, 256, 512, 768"],
    [QWEN, 2048, "32 to 1024"],
    ["@cf/acme/new-embeddings", 10, "nothing is known"],
  ])("are refused by name with %s for %i", async (model, dimensions, reason) => {
    const { client } = createTestClient();
    const error = await client.embeddings.create({ model, input: "a", dimensions }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BadRequestError);
    expect(error).toMatchObject({ param: "dimensions", code: "unsupported_parameter" });
    expect(String(error)).toContain(reason);
  });
});

describe("what cannot be embedded", () => {
  const long = Array.from({ length: 600 }, () => "river").join(" ");

  it.each<[string, object, object]>([
    ["token ids", { input: [1, 2, 3] }, { param: "input", code: "unsupported_parameter" }],
    ["lists of token ids", { input: [[1, 2], [3]] }, { param: "input", code: "unsupported_parameter" }],
    ["an empty text", { input: "" }, { param: "input", code: "invalid_value" }],
    ["an empty text among others", { input: ["a", ""] }, { param: "input[1]", code: "invalid_value" }],
    ["something else among texts", { input: ["a", true] }, { param: "input[1]", code: "invalid_type" }],
    ["no text", { input: [] }, { param: "input" }],
    ["more than 2048 texts", { input: Array.from({ length: 2049 }, () => "a") }, { param: "input" }],
    ["a text that is too long", { input: long }, { param: "input", code: "context_length_exceeded" }],
    ["one that is too long", { input: ["a", "b", long] }, { param: "input[2]", code: "context_length_exceeded" }],
    ["with a chat model", { input: "a", model: "llama-3.3-70b" }, { param: "model", code: "invalid_value" }],
    ["with an unknown model", { input: "a", model: "text-embedding-3-small" }, { param: "model" }],
    ["in an unknown format", { input: "a", encoding_format: "hex" }, { param: "encoding_format" }],
  ])("is named: %s", async (_fact, request, error) => {
    const gateway = createTestGateway();
    const response = await gateway.post("/v1/embeddings", { model: BASE, ...request });
    expect(response.status).toBe("model" in request && request.model === "text-embedding-3-small" ? 404 : 400);
    expect(await response.json()).toMatchObject({ error: { type: "invalid_request_error", ...error } });
  });

  it("is found among a batch where only the model can tell that it is too long", async () => {
    const gateway = createTestGateway();
    // Fewer words than the window has tokens, and more tokens.
    const longest = Array.from({ length: 21_000 }, () => "a-b.c").join(" ");
    const input = [...Array.from({ length: 100 }, () => "a"), "b", longest];
    const response = await gateway.post("/v1/embeddings", { model: "@cf/baai/bge-m3", input });
    expect(response.status).toBe(400);
    const error = { code: "context_length_exceeded", param: "input[101]" };
    expect(await response.json()).toMatchObject({ error });
  });
});

describe("an answer of another model", () => {
  it("is never given: its vectors could not be compared", async () => {
    const called: string[] = [];
    const binding: AiBinding = {
      async run(model) {
        called.push(model);
        return Response.json({ internalCode: 3042, description: "Invalid model ID" }, { status: 404 });
      },
    };
    const vars = { MODEL_FALLBACKS: JSON.stringify({ [BASE]: ["@cf/baai/bge-large-en-v1.5"] }) };
    const gateway = createTestGateway({ binding, vars });
    const response = await gateway.post("/v1/embeddings", { model: BASE, models: ["bge-m3"], input: "a" });
    expect(response.status).toBe(404);
    expect(called).toEqual([BASE]);
  });
});
