import { describe, expect, it } from "vitest";
import { fixtureNames } from "./fixtures.ts";

const pages = import.meta.glob("../../docs/wire-facts.md", { query: "?raw", import: "default", eager: true });
const sources = {
  ...import.meta.glob("../../src/stream/*.ts", { query: "?raw", import: "default", eager: true }),
  ...import.meta.glob("../../src/completion/*.ts", { query: "?raw", import: "default", eager: true }),
  ...import.meta.glob("../../src/workers-ai/*.ts", { query: "?raw", import: "default", eager: true }),
};
const tests = {
  ...import.meta.glob("../stream/*.test.ts", { query: "?raw", import: "default", eager: true }),
  ...import.meta.glob("../completion/*.test.ts", { query: "?raw", import: "default", eager: true }),
  ...import.meta.glob("./*.test.ts", { query: "?raw", import: "default", eager: true }),
};

const page = Object.values(pages).join("");
const allTests = Object.values(tests).join("\n");
const fixtureName = /\b[a-z0-9-]+\.(?:sse|json)\b/g;

/** The comments that describe a quirk, each on one line. */
const quirks = Object.values(sources)
  .flatMap(
    (source) => source.replaceAll(/\n\s*(?:\/\/|\*(?!\/)) ?/g, " ").match(/Quirk\([^\n]*?(?=Quirk\(|\n|\*\/|$)/g) ?? [],
  )
  .filter((comment) => !comment.startsWith("Quirk(<"));

describe("docs/wire-facts.md", () => {
  it("has a row for every fixture", () => {
    expect(fixtureNames.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  it("names only fixtures that there are", () => {
    expect((page.match(fixtureName) ?? []).filter((name) => !fixtureNames.includes(name))).toEqual([]);
  });

  it("names only tests that there are", () => {
    const names = [...page.matchAll(/"([^"|`]{12,})"/g)].flatMap(([, name = ""]) =>
      /^[a-z0-9$]/.test(name) ? [name] : [],
    );
    expect(names.filter((name) => !allTests.includes(name))).toEqual([]);
    expect(names.length).toBeGreaterThan(8);
  });
});

describe("a quirk's comment", () => {
  it.each(quirks)("names its wire format, its models, a date, and a fixture or a test (%s)", (comment) => {
    expect(comment).toMatch(/^Quirk\([^)]+, (?:[^)]+, )?20\d\d-\d\d\): /);
    const fixtures = comment.match(fixtureName) ?? [];
    expect(fixtures.filter((name) => !fixtureNames.includes(name))).toEqual([]);
    const test = /test "([^"]+)"/.exec(comment)?.[1];
    expect(fixtures.length > 0 || (test !== undefined && allTests.includes(test))).toBe(true);
  });
});
