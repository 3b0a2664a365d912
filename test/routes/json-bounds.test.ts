import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refuseUnboundedJson } from "../../src/routes/json-bounds.ts";

function check(text: string): void {
  refuseUnboundedJson(new TextEncoder().encode(text));
}

function nest(levels: number): string {
  return `${"[".repeat(levels)}${"]".repeat(levels)}`;
}

describe("refuseUnboundedJson", () => {
  it("lets 128 levels through and refuses the next", () => {
    expect(() => check(nest(128))).not.toThrow();
    expect(() => check(nest(129))).toThrow("nested more than 128 levels deep");
    expect(() => check('{"a":'.repeat(129))).toThrow("nested more than 128 levels deep");
  });

  it("lets half a million values through and refuses more", () => {
    expect(() => check(`[${"0,".repeat(499_997)}0]`)).not.toThrow();
    expect(() => check(`[${"0,".repeat(500_000)}0]`)).toThrow("holds more than 500000 values");
    expect(() => check(`[${"[],".repeat(250_000)}0]`)).toThrow("holds more than 500000 values");
  });

  it.each([
    ["brackets", JSON.stringify("[".repeat(1000))],
    ["commas", JSON.stringify(",".repeat(600_000))],
    ["escaped quotes", JSON.stringify('"['.repeat(1000))],
    ["escaped backslashes before the end", `["${"\\\\".repeat(1001)}",0]`],
    ["an escaped quote after escaped backslashes", JSON.stringify('\\\\"[['.repeat(1000))],
  ])("does not look into texts: %s", (_name, text) => {
    expect(() => check(text)).not.toThrow();
  });

  it("stops at the first level that is too deep", () => {
    let reads = 0;
    const bytes = new Proxy(new Uint8Array(1_000_000).fill(0x5b), {
      get(target, key) {
        if (typeof key === "string" && /^\d+$/.test(key)) reads += 1;
        return Reflect.get(target, key) as unknown;
      },
    });
    expect(() => refuseUnboundedJson(bytes)).toThrow("128 levels");
    expect(reads).toBe(129);
  });

  it("takes every small JSON value, and looks at any bytes without harm", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(() => check(text)).not.toThrow();
      }),
      { seed: 1 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(() => refuseUnboundedJson(bytes)).not.toThrow();
      }),
      { seed: 1 },
    );
  });
});
