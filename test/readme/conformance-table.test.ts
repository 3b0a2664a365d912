import { existsSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { projectDirectory, readProjectFile, readTable } from "./code-blocks.ts";
import { readTestTitles } from "./test-titles.ts";

/** `docs/conformance.md` says which test shows which behaviour: each of them has to exist, and none may be missing. */

const directory = "test/conformance";
const document = readProjectFile("docs/conformance.md");
const rows = document
  .split("\n## ")
  .flatMap((section) => readTable(section, "behaviour", "source", "test"))
  .map(([, source, test = ""]) => {
    const [file = "", title = ""] = test.split(" › ").map((part) => part.replaceAll("`", ""));
    return { source, file, title };
  });

describe("the table of docs/conformance.md", () => {
  it("names tests that exist, and where each behaviour is documented", () => {
    expect(rows.length).toBeGreaterThan(60);
    for (const { source, file, title } of rows) {
      expect([file, existsSync(`${projectDirectory}/${directory}/${file}`)]).toEqual([file, true]);
      expect(readTestTitles(readProjectFile(`${directory}/${file}`))).toContain(title);
      expect([title, source]).not.toEqual([title, ""]);
    }
  });

  it("names every test of the directory", () => {
    const named = new Set(rows.map(({ file, title }) => `${file} › ${title}`));
    const files = readdirSync(`${projectDirectory}/${directory}`).filter((file) => file.endsWith(".test.ts"));
    const tests = files.flatMap((file) =>
      readTestTitles(readProjectFile(`${directory}/${file}`)).map((title) => `${file} › ${title}`),
    );
    expect(tests.length).toBeGreaterThan(60);
    expect(tests.filter((test) => !named.has(test))).toEqual([]);
  });
});
