import { describe, expect, it } from "vitest";
import { parseModels } from "../../src/playground/api/model-list.ts";
import { createTestGateway } from "../support/gateway.ts";
import { toModel } from "./samples.ts";

describe("the page's reading of GET /v1/models", () => {
  it("finds in the gateway's own list what the page needs", async () => {
    const models = parseModels(await (await createTestGateway().request("/v1/models")).json());
    const llama = models.find(({ id }) => id === "@cf/meta/llama-3.3-70b-instruct-fp8-fast");
    expect(llama).toMatchObject({
      ownedBy: "meta",
      contextLength: 24_000,
      readsImages: false,
      schemas: { temperature: { type: "number", minimum: 0, maximum: 5 } },
    });
    expect(llama?.supports.has("tools")).toBe(true);
    expect(llama?.prices?.prompt).toBeCloseTo(0.293e-6, 12);
    expect(models.find(({ id }) => id === "llama-3.3-70b")?.canonicalId).toBe(llama?.id);
    expect(models.some(({ readsImages }) => readsImages)).toBe(true);
  });

  it("says where each model is called, and leaves out what the page cannot call", () => {
    const list = [
      { id: "guard", task: "moderation", endpoint: "/v1/moderations" },
      { id: "image", task: "text-to-image", endpoint: "/v1/images/generations" },
      { id: "ears", task: "automatic-speech-recognition", endpoint: "/v1/audio/transcriptions" },
      { id: "later", task: "something", endpoint: "/v1/something" },
      "no model",
    ];
    expect(parseModels({ data: list }).map(({ id, path }) => [id, path])).toEqual([
      ["guard", "/chat/completions"],
      ["image", "/images/generations"],
      ["ears", "/audio/transcriptions"],
    ]);
  });

  it("makes nothing up for what is not said", () => {
    expect(toModel({ pricing: undefined, context_length: undefined, parameter_schemas: undefined })).toMatchObject({
      prices: undefined,
      contextLength: undefined,
      schemas: {},
    });
    expect(toModel({ pricing: { prompt: "0.1" } }).prices).toEqual({
      prompt: 0.1,
      completion: undefined,
      cached: undefined,
    });
  });

  it.each([undefined, null, [], {}, { data: {} }])("refuses %j", (list) => {
    expect(() => parseModels(list)).toThrow(TypeError);
  });
});
