import { describe, expect, it } from "vitest";
import type { JsonRecord } from "../../src/json.ts";
import { createJsonCheck } from "../../src/translate/json-check.ts";

function member(schema: unknown): JsonRecord {
  return { type: "object", properties: { a: schema }, required: ["a"] };
}

describe("the check of an answer", () => {
  it("names the place that is deepest inside", () => {
    const check = createJsonCheck(member(member({ type: "string" })), "schema");
    expect(check({ a: { a: "x" } })).toBeUndefined();
    expect(check({ a: { a: 1 } })).toMatch(/^at #\/a\/a: /);
  });

  it("does not read an answer as a schema", () => {
    const check = createJsonCheck({ type: "object" }, "schema");
    expect(check({ $ref: "#/absent", __proto__: null })).toBeUndefined();
  });

  it("keeps constants and enumerations that look like patterns", () => {
    const own = { type: "object", properties: { a: { const: { pattern: "(a+)+" } } }, required: ["a"] };
    const check = createJsonCheck(own, "schema");
    expect(check({ a: { pattern: "(a+)+" } })).toBeUndefined();
    expect(check({ a: {} })).toBeDefined();
  });

  it("does not take members that follow an expensive pattern for members that nothing allows", () => {
    const own = { type: "object", patternProperties: { "^(a+)+$": { type: "number" } }, additionalProperties: false };
    expect(createJsonCheck(own, "schema")({ aaa: 1 })).toBeUndefined();
    const cheap = { ...own, patternProperties: { "^a": { type: "number" } } };
    expect(createJsonCheck(cheap, "schema")({ aaa: 1 })).toBeUndefined();
    expect(createJsonCheck(cheap, "schema")({ aaa: "x" })).toBeDefined();
    expect(createJsonCheck(cheap, "schema")({ b: 1 })).toBeDefined();
  });

  it("reads members that are called like keywords as members", () => {
    const own = { type: "object", properties: { pattern: { type: "string" }, const: { type: "number" } } };
    const check = createJsonCheck(own, "schema");
    expect(check({ pattern: "(", const: 1 })).toBeUndefined();
    expect(check({ pattern: 1 })).toBeDefined();
    expect(check({ const: "x" })).toBeDefined();
  });

  it("says of an answer that is deeper than the stack that it is too deep", () => {
    const check = createJsonCheck({ type: "array", items: { $ref: "#" } }, "schema");
    const depth = 20_000;
    const deep: unknown = JSON.parse("[".repeat(depth) + "]".repeat(depth));
    expect(check(deep)).toBe("it is nested too deeply");
  });
});
