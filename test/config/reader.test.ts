import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { deferred, reader } from "../../src/config/reader.ts";

const upper = reader((value, issues): string => {
  if (typeof value === "string") return value.toUpperCase();
  issues.push({ code: "custom", message: "expected text", input: value });
  return z.NEVER;
});

describe("reader", () => {
  it("reads like any schema of zod's, alone and inside of one", () => {
    expect(upper.safeParse("a")).toEqual({ success: true, data: "A" });
    expect(z.object({ name: upper }).safeParse({ name: "a" })).toEqual({ success: true, data: { name: "A" } });
  });

  it("reports faults with the path of their member", () => {
    const { error } = z.object({ name: upper }).safeParse({ name: 1 });
    expect(error?.issues).toMatchObject([{ code: "custom", message: "expected text", path: ["name"] }]);
  });

  it("keeps what it is made of to itself", () => {
    const same = reader((value) => value);
    expect([upper.parse("a"), same.parse("a"), z.unknown().parse("a")]).toEqual(["A", "a", "a"]);
  });
});

describe("deferred", () => {
  it("makes its schema with the first value, once", () => {
    let made = 0;
    const schema = deferred(() => {
      made += 1;
      return upper;
    });
    const member = z.object({ name: schema });
    expect(made).toBe(0);
    expect([member.parse({ name: "a" }), member.parse({ name: "b" })]).toEqual([{ name: "A" }, { name: "B" }]);
    expect(made).toBe(1);
  });
});
