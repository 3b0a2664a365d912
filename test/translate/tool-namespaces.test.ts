import { describe, expect, it } from "vitest";
import type { ResponsesTool } from "../../src/openai/responses-tool.ts";
import { responsesTool } from "../../src/openai/responses-tool.ts";
import { toNamespacedNames, toOfferedName, toPlainTools } from "../../src/translate/tool-namespaces.ts";

function parse(...tools: readonly object[]): readonly ResponsesTool[] {
  return tools.map((tool) => responsesTool.parse(tool));
}

const add = { type: "function", name: "add" };
const crm = { type: "namespace", name: "crm", description: "Customers", tools: [add, { type: "web_search" }] };

describe("tools in namespaces", () => {
  it("are one list with the others, under names that begin with that of the namespace", () => {
    const names = toPlainTools(parse(add, crm, { type: "mcp" })).map(({ name }) => name);
    expect(names).toEqual(["add", "crm__add"]);
  });

  it("are found by those names, and named as in a call", () => {
    expect([...toNamespacedNames(parse(add, crm))]).toEqual([["crm__add", { namespace: "crm", name: "add" }]]);
    expect(toOfferedName({ namespace: "crm", name: "add" })).toBe("crm__add");
    expect(toOfferedName({ name: "add" })).toBe("add");
  });

  it("are refused where two would have one name", () => {
    const flat = { type: "function", name: "crm__add" };
    expect(() => toPlainTools(parse(flat, crm))).toThrow("two of them would be called 'crm__add'");
    expect(() => toPlainTools(parse(crm, crm))).toThrow("two of them");
  });

  it("leave tools without a namespace as they are, twice or not", () => {
    expect(toPlainTools(parse(add, add))).toHaveLength(2);
    expect(toPlainTools(undefined)).toEqual([]);
  });

  it("may have longer names than other tools, and the namespace may not be without a name", () => {
    const long = { ...crm, tools: [{ ...add, name: "n".repeat(128) }] };
    expect(responsesTool.safeParse(long).success).toBe(true);
    expect(responsesTool.safeParse({ ...add, name: "n".repeat(65) }).success).toBe(false);
    expect(responsesTool.safeParse({ ...crm, name: "" }).success).toBe(false);
  });
});
