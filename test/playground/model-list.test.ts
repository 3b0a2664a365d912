import { describe, expect, it } from "vitest";
import { parseChatModels } from "../../src/playground/api/model-list.ts";
import { createTestGateway } from "../support/gateway.ts";
import { toModel } from "./samples.ts";

describe("the page's reading of GET /v1/models", () => {
  it("finds in the gateway's own list what the page needs", async () => {
    const models = parseChatModels(await (await createTestGateway().request("/v1/models")).json());
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

  it("leaves out what holds no conversation", () => {
    expect(parseChatModels({ data: [{ id: "e", task: "text-embeddings" }, "no model"] })).toEqual([]);
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
    expect(() => parseChatModels(list)).toThrow(TypeError);
  });
});
