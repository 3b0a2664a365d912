import { describe, expect, it } from "vitest";
import type { JsonRecord } from "../../src/json.ts";
import { restoreNulls, withoutNullableUnions } from "../../src/translate/json-schema.ts";

function member(schema: unknown): JsonRecord {
  return { type: "object", properties: { a: schema }, required: ["a"] };
}

/** How a required member of this schema is written for a native model. */
function rewritten(schema: unknown): unknown {
  return withoutNullableUnions(member(schema));
}

describe("nullable members", () => {
  it.each<[string, unknown, unknown]>([
    ["a type with null", { type: ["string", "null"] }, { type: "string" }],
    ["several types with null", { type: ["string", "number", "null"] }, { type: ["string", "number"] }],
    ["an enum with null", { type: ["string", "null"], enum: ["x", null] }, { type: "string", enum: ["x"] }],
    ["a union with null", { anyOf: [{ type: "integer" }, { type: "null" }] }, { type: "integer" }],
    [
      "another union with null",
      { oneOf: [{ type: "null" }, { type: "object", properties: {} }] },
      { type: "object", properties: {} },
    ],
    [
      "a union of several with null",
      { anyOf: [{ type: "integer" }, { type: "string" }, { type: "null" }] },
      { anyOf: [{ type: "integer" }, { type: "string" }] },
    ],
    [
      "what stands beside a union",
      { description: "How many", anyOf: [{ type: "integer" }, { type: "null" }] },
      { description: "How many", type: "integer" },
    ],
  ])("are written as optional ones of one type: %s", (_fact, schema, expected) => {
    expect(rewritten(schema)).toEqual({ type: "object", properties: { a: expected }, required: [] });
  });

  it("are found at every depth", () => {
    const nullable = { type: ["string", "null"] };
    const schema = {
      type: "object",
      properties: { list: { type: "array", items: member(nullable) }, map: { additionalProperties: nullable } },
      $defs: { node: member(nullable) },
      allOf: [member(nullable)],
    };
    expect(JSON.stringify(withoutNullableUnions(schema))).not.toContain("null");
    expect(JSON.stringify(schema)).toContain("null");
  });

  it("leave a schema without them as it is", () => {
    const schema = { ...member({ type: "string", enum: ["x"] }), additionalProperties: false, title: "T" };
    expect(withoutNullableUnions(schema)).toEqual(schema);
  });

  it("that are called like keywords are members all the same", () => {
    const schema = {
      type: "object",
      properties: { items: { type: ["string", "null"] }, required: { type: "string" } },
    };
    expect(withoutNullableUnions(schema)).toEqual({
      type: "object",
      properties: { items: { type: "string" }, required: { type: "string" } },
    });
  });
});

describe("nulls", () => {
  const schema = {
    type: "object",
    properties: {
      a: { type: ["string", "null"] },
      b: { anyOf: [member({ type: ["number", "null"] }), { type: "null" }] },
      list: { type: "array", items: member({ type: ["number", "null"] }) },
      free: { type: ["string", "null"] },
    },
    required: ["a", "b", "list"],
  };

  it("are written for required members that were left out, in the schema's order", () => {
    const restored = restoreNulls({ list: [], x: 1 }, schema);
    expect(JSON.stringify(restored)).toBe('{"a":null,"b":null,"list":[],"x":1}');
  });

  it("are written inside members and lists", () => {
    expect(restoreNulls({ a: "x", b: {}, list: [{}, { a: 2 }] }, schema)).toEqual({
      a: "x",
      b: { a: null },
      list: [{ a: null }, { a: 2 }],
    });
  });

  it("are found through references, as the client's helpers write nested types", () => {
    const node = member({ type: ["number", "null"] });
    const own = { ...member({ $ref: "#/$defs/node" }), $defs: { node } };
    expect(restoreNulls({ a: {} }, own)).toEqual({ a: { a: null } });
  });

  it("are written for a member whose definition lets it be null", () => {
    const own = { ...member({ $ref: "#/$defs/maybe" }), $defs: { maybe: { type: ["string", "null"] } } };
    expect(withoutNullableUnions(own)).toMatchObject({ required: [], $defs: { maybe: { type: "string" } } });
    expect(restoreNulls({}, own)).toEqual({ a: null });
  });

  it("are written into a recursive schema to its end", () => {
    const next = { anyOf: [{ $ref: "#" }, { type: "null" }] };
    const own = { type: "object", properties: { next }, required: ["next"] };
    expect(restoreNulls({ next: { next: {} } }, own)).toEqual({ next: { next: { next: null } } });
  });

  it("are not looked for behind references that lead nowhere or in circles", () => {
    for (const $ref of ["#/$defs/a", "#/$defs/absent", "https://example.com/schema"]) {
      expect(restoreNulls({ a: {} }, { ...member({ $ref }), $defs: { a: { $ref: "#/$defs/a" } } })).toEqual({ a: {} });
    }
  });

  it("come with every member of the answer, whatever its name", () => {
    const value: unknown = JSON.parse('{"__proto__":1,"constructor":2}');
    expect(JSON.stringify(restoreNulls(value, member({ type: ["string", "null"] })))).toBe(
      '{"a":null,"__proto__":1,"constructor":2}',
    );
  });

  it.each([[undefined], ["text"], [1], [null], [[]]])("are not written into %s", (value) => {
    expect(restoreNulls(value, schema)).toEqual(value);
  });
});
