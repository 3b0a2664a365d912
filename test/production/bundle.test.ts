import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { measureBundle, measureEvaluated } from "../../bench/support/bundle-size.ts";
import { developmentBundle, productionBuild, productionBundle } from "./production-worker.ts";

/** A sentence that only the emulator speaks, as it stands in its source. */
const EMULATOR_TEXT = "No route for that URI";

/** In bytes. A Worker starts on the first request that reaches a place, and its size is what it starts with. */
const MAX_GZIP_BYTES = 120 * 1024;

/** The same for what is evaluated before the first request. The limit of the project is 60 KB. */
const MAX_EVALUATED_GZIP_BYTES = 51 * 1024;

const EMULATOR_SOURCE = /\/(src\/emulator|node_modules\/@cloudflare\/cabidela)\//;

it("the deployed bundle holds neither the emulator nor its validator", async () => {
  const { modules, sources } = await productionBundle();
  expect(sources.filter((source) => EMULATOR_SOURCE.test(source))).toEqual([]);
  expect(Object.values(modules).join("\n")).not.toContain(EMULATOR_TEXT);
  // Shows that the source map was there to be searched.
  expect(sources.some((source) => source.endsWith("/src/index.ts"))).toBe(true);
});

it("neither bundle holds what the OpenAPI document is made from", async () => {
  for (const { sources } of [await productionBundle(), await developmentBundle()]) {
    expect(sources.filter((source) => source.includes("/src/api-document/"))).toEqual([]);
  }
});

it("the development bundle holds both, under the very marks by which they would be found", async () => {
  expect(await readFile("src/emulator/handler.ts", "utf8")).toContain(EMULATOR_TEXT);
  const { modules, sources } = await developmentBundle();
  expect(Object.values(modules).join("\n")).toContain(EMULATOR_TEXT);
  expect(sources.some((source) => source.endsWith("/src/emulator/handler.ts"))).toBe(true);
  expect(sources.some((source) => source.includes("/node_modules/@cloudflare/cabidela/"))).toBe(true);
});

it("what a Worker evaluates at its start and for the first chat request is smaller", async () => {
  const { gzipBytes } = await measureEvaluated(await productionBuild());
  expect(gzipBytes).toBeLessThan(MAX_EVALUATED_GZIP_BYTES);
});

it("the deployed bundle is small", async () => {
  const { gzipBytes } = await measureBundle(await productionBuild());
  expect(gzipBytes).toBeLessThan(MAX_GZIP_BYTES);
});
