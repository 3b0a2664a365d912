import { describe, expect, it } from "vitest";
import { matchesPattern } from "../../src/models/model-pattern.ts";
import { createModelDirectory } from "../../src/models/resolve.ts";
import { restrictDirectory } from "../../src/models/restrict.ts";

const LLAMA = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
const QWEN = "@cf/qwen/qwen3-30b-a3b-fp8";
const GPT_OSS = "@cf/openai/gpt-oss-120b";
const RETIRED = "@cf/meta/llama-3.1-70b-instruct";

describe("matchesPattern", () => {
  it.each([
    ["a", "a", true],
    ["a", "ab", false],
    ["*", "", true],
    ["*", "anything", true],
    ["@cf/meta/*", LLAMA, true],
    ["@cf/meta/*", "@cf/metal/llama", false],
    ["@cf/meta/*", "x@cf/meta/llama", false],
    ["*llama*fp8*", LLAMA, true],
    ["*-fast", LLAMA, true],
    ["*-fast", "a-faster", false],
    ["a*a", "a", false],
    ["a*a", "aa", true],
    ["ab*bc", "abc", false],
    ["*b*b*", "ab", false],
    ["a**c", "abc", true],
    ["a.c", "abc", false],
    ["", "", true],
    ["", "a", false],
  ])("%j matches %j: %s", (pattern, text, expected) => {
    expect(matchesPattern(pattern, text)).toBe(expected);
  });

  it("takes time in proportion to its texts, whatever the pattern", () => {
    const text = "a".repeat(100_000);
    expect(matchesPattern(`${"*a".repeat(100)}*b`, text)).toBe(false);
  });
});

describe("restrictDirectory", () => {
  const directory = createModelDirectory({ "gpt-4o": GPT_OSS, "gpt-4o-mini": QWEN });

  function allowed(patterns: readonly string[], ...names: string[]): readonly boolean[] {
    const restricted = restrictDirectory(directory, patterns);
    return names.map((name) => restricted.allows(name));
  }

  it("without a pattern is the directory itself", () => {
    expect(restrictDirectory(directory, [])).toBe(directory);
  });

  it("allows a model by id and by each of its aliases", () => {
    for (const pattern of [LLAMA, "llama-3.3-70b"]) {
      expect(allowed([pattern], LLAMA, "llama-3.3-70b", QWEN)).toEqual([true, true, false]);
    }
  });

  it("allows what a pattern says of ids", () => {
    expect(allowed(["@cf/meta/*"], LLAMA, "llama-3.3-70b", QWEN, "@cf/meta/not-listed")).toEqual([
      true,
      true,
      false,
      true,
    ]);
  });

  it("allows what a pattern says of aliases, under these names alone", () => {
    expect(allowed(["gpt-4o*"], "gpt-4o", "gpt-4o-mini", GPT_OSS, LLAMA)).toEqual([true, true, false, false]);
  });

  it("allows a retired model where it allows the one that answers in its place", () => {
    expect(allowed([LLAMA], RETIRED)).toEqual([true]);
    expect(allowed([RETIRED], RETIRED, LLAMA, QWEN)).toEqual([true, true, false]);
    expect(allowed(["*llama-3.1-70b-instruct"], RETIRED)).toEqual([false]);
  });

  it("allows nothing by the name of no model", () => {
    expect(allowed(["no-such-model"], LLAMA, QWEN)).toEqual([false, false]);
  });

  it("refuses a model in words that name it, and does not know it otherwise", () => {
    const restricted = restrictDirectory(directory, ["@cf/meta/*"]);
    expect(() => restricted.resolve(QWEN)).toThrow(`Your API key may not use the model '${QWEN}'.`);
    expect(() => restricted.resolve("no-such-model")).toThrow("does not exist");
    expect(restricted.resolve("llama-3.3-70b").entry.id).toBe(LLAMA);
    expect(restricted.find(QWEN)).toBeUndefined();
    expect(restricted.find(LLAMA)?.entry.id).toBe(LLAMA);
    expect(restricted.list().every(({ entry }) => entry.id.startsWith("@cf/meta/"))).toBe(true);
    expect(restricted.list().length).toBeGreaterThan(3);
  });
});
