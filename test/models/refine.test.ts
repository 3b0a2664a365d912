import { describe, expect, it } from "vitest";
import { catalogue } from "../../src/models/catalogue.ts";
import { refineCatalogue } from "../../src/models/refine.ts";

const ID = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";

function published(properties: readonly unknown[], members: Readonly<Record<string, unknown>> = {}): unknown {
  return [{ id: "a-uuid", name: ID, task: { name: "Text Generation" }, properties, ...members }];
}

function refined(list: unknown, id = ID) {
  return refineCatalogue(catalogue, list).find((entry) => entry.id === id);
}

describe("refineCatalogue", () => {
  it.each([
    ["a text", "32000"],
    ["a number", 32_000],
  ])("takes a context window that is %s", (_, value) => {
    expect(refined(published([{ property_id: "context_window", value }]))?.contextWindow).toBe(32_000);
  });

  it("takes prices in dollars per million tokens", () => {
    const value = [
      { unit: "per M input tokens", price: 0.1, currency: "USD" },
      { unit: "per M output tokens", price: 0.9, currency: "USD" },
    ];
    const price = refined(published([{ property_id: "price", value }]))?.price;
    expect(price).toEqual({ input: 0.1, output: 0.9, cachedInput: undefined });
  });

  it("takes the day of a planned shutdown", () => {
    const property = { property_id: "planned_deprecation_date", value: "2027-01-31T00:00:00Z" };
    expect(refined(published([property]))?.plannedShutdown).toBe("2027-01-31");
  });

  it("adds abilities and takes none away", () => {
    const entry = refined(
      published([
        { property_id: "vision", value: "true" },
        { property_id: "function_calling", value: "false" },
      ]),
    );
    expect(entry?.abilities).toMatchObject({ vision: true, tools: true });
  });

  it("adds models of text and embeddings that the catalogue does not have, and no others", () => {
    const added = refineCatalogue(catalogue, [
      { name: "@cf/new/writer-1", description: "Writes.", task: { name: "Text Generation" } },
      { name: "@cf/new/embedder-1", task: { name: "Text Embeddings" } },
      { name: "@cf/new/painter-1", task: { name: "Text-to-Image" } },
      { name: "not an id", task: { name: "Text Generation" } },
    ]).slice(catalogue.length);
    expect(added).toMatchObject([
      { id: "@cf/new/writer-1", details: { description: "Writes." }, task: "text-generation", wireFormat: "common" },
      { id: "@cf/new/embedder-1", task: "text-embeddings", abilities: { embedding: undefined } },
    ]);
  });

  it.each([
    ["nothing", undefined],
    ["an object", { result: [] }],
    ["entries that are no objects", [null, 1, "x", []]],
    ["properties that are no list", published([], { properties: "none" })],
    ["properties of no form", published([null, {}, { property_id: 3 }])],
    ["a window that is no count", published([{ property_id: "context_window", value: "-1" }])],
    ["a price that is no list", published([{ property_id: "price", value: "free" }])],
    [
      "a price in another currency",
      published([{ property_id: "price", value: [{ unit: "per M input tokens", price: 1, currency: "EUR" }] }]),
    ],
  ])("leaves the catalogue as it is for %s", (_, list) => {
    expect(refineCatalogue(catalogue, list)).toEqual(catalogue);
  });

  it("does not bring a retired model back", () => {
    const id = "@cf/meta/llama-3.1-70b-instruct";
    const list = [
      { name: id, task: { name: "Text Generation" }, properties: [{ property_id: "vision", value: "true" }] },
    ];
    expect(refined(list, id)?.retired).toBeDefined();
    expect(refined(list, id)?.abilities.vision).toBe(false);
  });
});
