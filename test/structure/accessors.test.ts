import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

/** What makes objects for each request. */
const FOLDERS = ["completion", "gateway", "keys", "routes", "stored-responses", "stream", "translate", "workers-ai"];

const ACCESSOR = /^\s+(?:get|set) \w+\(/m;

/** Its objects are few, and what they hold is what a call sends. */
const EXCEPTIONS = ["src/translate/image-calls.ts"];

/**
 * V8 keeps the accessors of an object literal in the old generation of its heap, and with them all that they close over:
 * everything that a request has made lived on until the next full collection.
 */
it("objects that are made for each request have methods in place of accessors", () => {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(join("src", folder), { recursive: true, encoding: "utf8" }).map((name) => join("src", folder, name)),
  ).filter((path) => path.endsWith(".ts"));
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((path) => ACCESSOR.test(readFileSync(path, "utf8")))).toEqual(EXCEPTIONS);
});
