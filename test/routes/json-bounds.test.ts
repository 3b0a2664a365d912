import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refuseUnboundedJson } from "../../src/routes/json-bounds.ts";

function nest(levels: number): string {
  return `${"[".repeat(levels)}${"]".repeat(levels)}`;
}

describe("refuseUnboundedJson", () => {
  it("lets 128 levels through and refuses the next", () => {
    expect(() => refuseUnboundedJson(nest(128))).not.toThrow();
    expect(() => refuseUnboundedJson(nest(129))).toThrow("nested more than 128 levels deep");
    expect(() => refuseUnboundedJson('{"a":'.repeat(129))).toThrow("nested more than 128 levels deep");
  });

  it("lets half a million values through and refuses more", () => {
    expect(() => refuseUnboundedJson(`[${"0,".repeat(499_997)}0]`)).not.toThrow();
    expect(() => refuseUnboundedJson(`[${"0,".repeat(500_000)}0]`)).toThrow("holds more than 500000 values");
    expect(() => refuseUnboundedJson(`[${"[],".repeat(250_000)}0]`)).toThrow("holds more than 500000 values");
  });

  it.each([
    ["brackets", JSON.stringify("[".repeat(1000))],
    ["commas", JSON.stringify(",".repeat(600_000))],
    ["escaped quotes", JSON.stringify('"['.repeat(1000))],
    ["escaped backslashes before the end", `["${"\\\\".repeat(1001)}",0]`],
    ["an escaped quote after escaped backslashes", JSON.stringify('\\\\"[['.repeat(1000))],
  ])("does not look into texts: %s", (_name, text) => {
    expect(() => refuseUnboundedJson(text)).not.toThrow();
  });

  it("stops at the first level that is too deep", () => {
    let reads = 0;
    const countedText = {
      length: 1_000_000,
      charCodeAt() {
        reads += 1;
        return "[".charCodeAt(0);
      },
    };
    // Stands for a text whose characters are counted as they are looked at.
    expect(() => refuseUnboundedJson(countedText as unknown as string)).toThrow("128 levels");
    expect(reads).toBe(129);
  });

  it("takes every small JSON value, and looks at any text without harm", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(() => refuseUnboundedJson(text)).not.toThrow();
      }),
      { seed: 1 },
    );
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("[", "]", "{", "}", '"', ",", "\\", "a"), maxLength: 100 }),
        (text) => {
          expect(() => refuseUnboundedJson(text)).not.toThrow();
        },
      ),
      { seed: 1 },
    );
  });
});
