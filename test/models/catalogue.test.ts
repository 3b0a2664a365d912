import { describe, expect, it } from "vitest";
import { catalogue } from "../../src/models/catalogue.ts";
import { catalogueDetails } from "../../src/models/catalogue/details.ts";
import { retiredWithoutSuccessor } from "../../src/models/catalogue/retired.ts";
import { detailsOf } from "../../src/models/details.ts";
import { isWorkersAiModelId } from "../../src/models/model-name.ts";

const byId = new Map(catalogue.map((entry) => [entry.id, entry]));
const live = catalogue.filter(({ retired }) => retired === undefined);
const retired = catalogue.filter((entry) => entry.retired !== undefined);

describe("the catalogue", () => {
  it("holds both founding models, the older one retired in favour of the newer", () => {
    expect(byId.get("@cf/meta/llama-3.3-70b-instruct-fp8-fast")).toMatchObject({
      wireFormat: "native",
      contextWindow: 24_000,
      retired: undefined,
    });
    expect(byId.get("@cf/meta/llama-3.1-70b-instruct")?.retired).toEqual({
      date: "2026-05-30",
      successor: "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
    });
  });

  it("names no model twice, also not as retired without a successor", () => {
    expect(byId.size).toBe(catalogue.length);
    for (const id of Object.keys(retiredWithoutSuccessor)) expect(byId.has(id)).toBe(false);
  });

  it("has details of its models and of no others, in its own order", () => {
    expect(Object.keys(catalogueDetails)).toEqual(catalogue.map(({ id }) => id));
  });

  it("names no two models alike behind their vendors", () => {
    const lastParts = catalogue.map(({ id }) => id.split("/")[2]);
    expect(new Set(lastParts).size).toBe(catalogue.length);
  });

  it("knows a text model of each wire format, and models of the other tasks", () => {
    const kinds = new Set(live.map(({ task, wireFormat }) => `${task} ${wireFormat}`));
    expect(kinds).toEqual(
      new Set([
        "text-generation native",
        "text-generation openai",
        "text-embeddings native",
        "reranking native",
        "moderation native",
        "text-to-image native",
        "automatic-speech-recognition native",
        "text-to-speech native",
      ]),
    );
  });
});

describe.each(catalogue.map((entry) => [entry.id, entry] as const))("%s", (id, entry) => {
  const { description, created } = detailsOf(entry);

  it("has an id of Workers AI's form and its vendor's name", () => {
    expect(isWorkersAiModelId(id)).toBe(true);
    expect(entry.ownedBy).toBe(id.split("/")[1]);
  });

  it("was created on a day of Workers AI's life", () => {
    expect(created % 86_400).toBe(0);
    expect(created).toBeGreaterThanOrEqual(Date.UTC(2023, 8, 25) / 1000);
    expect(created).toBeLessThan(Date.UTC(2026, 11, 1) / 1000);
  });

  it("is described in one sentence or two", () => {
    expect(description).toMatch(/^[A-Z].{10,130}\.$/);
  });

  it("has no answer longer than its window", () => {
    expect(entry.maxOutputTokens ?? 0).toBeLessThanOrEqual(entry.contextWindow ?? Infinity);
  });

  it("has a cached price below its price", () => {
    expect(entry.price?.cachedInput ?? 0).toBeLessThanOrEqual(entry.price?.input ?? Infinity);
  });

  it("maps reasoning levels only from levels it lacks to levels it has", () => {
    const { levels, mapped } = entry.abilities.reasoning ?? { levels: [], mapped: {} };
    for (const [from, to] of Object.entries(mapped)) {
      expect(levels).not.toContain(from);
      expect(levels).toContain(to);
    }
  });
});

describe.each(retired.map((entry) => [entry.id, entry] as const))("the successor of %s", (_id, entry) => {
  it("is live and does the same task", () => {
    const successor = byId.get(entry.retired?.successor ?? "");
    expect(successor?.retired).toBeUndefined();
    expect(successor?.task).toBe(entry.task);
  });
});
