import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBracketDepth } from "../../src/completion/bracket-depth.ts";

describe("the bracket depth", () => {
  it("finds the end of any JSON document, however it is cut, and reads no further", () => {
    const document = fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()));
    fc.assert(
      fc.property(document, fc.string({ maxLength: 5 }), fc.nat(), (value, rest, at) => {
        const json = JSON.stringify(value);
        expect(createBracketDepth().feed(json + rest)).toBe(json.length);
        const cut = at % json.length;
        const depth = createBracketDepth();
        expect(depth.feed(json.slice(0, cut))).toBeUndefined();
        expect(depth.isComplete()).toBe(false);
        expect(depth.feed(json.slice(cut) + rest)).toBe(json.length - cut);
        expect(depth.isComplete()).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ["f(a='(', b=[1])", 15],
    ["f(a='it\\'s)')x", 13],
    ["f", undefined],
    ["f(", undefined],
  ])("knows the quotes that it is given (%s)", (text, end) => {
    expect(createBracketDepth("\"'").feed(text)).toBe(end);
  });
});
