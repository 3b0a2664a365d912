import { describe, expect, it } from "vitest";
import type * as z from "zod/mini";
import { closedObject, omittable, pairs } from "../../src/openai/object-schema.ts";
import { toRequestError } from "../../src/openai/request-error.ts";
import { integer, nullable, sizedText, text } from "../../src/openai/schema.ts";

function messageOf(schema: z.ZodMiniType, value: unknown): string {
  const { error } = schema.safeParse(value, { reportInput: true });
  return error === undefined ? "" : toRequestError(error.issues).message;
}

describe("a closed object", () => {
  const schema = closedObject({ name: text, limit: omittable(nullable(integer({ least: 1 }))) });

  it("tells a member that is left out from one that is null", () => {
    expect(schema.parse({ name: "a" })).toEqual({ name: "a" });
    expect(schema.parse({ name: "a", limit: null })).toEqual({ name: "a", limit: null });
  });

  it("names the first member that it does not know, after those that are wrong", () => {
    expect(messageOf(schema, { name: "a", limits: 1, other: 2 })).toBe("Unknown parameter: 'limits'.");
    expect(messageOf(schema, { limits: 1 })).toBe("Missing required parameter: 'name'.");
    expect(messageOf(schema, { name: "a", limit: 0 })).toBe("Invalid value for 'limit': expected at least 1.");
  });
});

describe("pairs", () => {
  const schema = pairs({ names: sizedText({ least: 1, most: 3 }), values: sizedText({ most: 2 }), most: 2 });

  it("are texts under any names, also under that of the prototype", () => {
    const given: unknown = JSON.parse('{"a":"x","__proto__":"y"}');
    expect(Object.entries(pairs().parse(given))).toEqual([
      ["a", "x"],
      ["__proto__", "y"],
    ]);
  });

  it.each([
    [{ a: "x", b: "y", c: "z" }, "Invalid value for '': expected at most 2 members."],
    [{ abcd: "x" }, "Invalid value for 'abcd': expected at most 3 characters."],
    [{ "": "x" }, "Invalid value for '': expected at least 1 character."],
    [{ a: "xyz" }, "Invalid value for 'a': expected at most 2 characters."],
    [{ a: 1 }, "Invalid type for 'a': expected a string, but got an integer instead."],
    [["x"], "Invalid type for '': expected a record, but got an array instead."],
  ])("are bounded: %j", (value, message) => {
    expect(messageOf(schema, value)).toBe(message);
  });
});
