import { existsSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { projectDirectory, readProjectFile, readTable } from "./code-blocks.ts";
import { readTestTitles } from "./test-titles.ts";

/** `docs/faults.md` says which test shows which fault: each of them has to exist, and none with a number may be missing. */

const rows = readProjectFile("docs/faults.md")
  .split("\n## ")
  .flatMap((section) => readTable(section, "#", "input", "answer", "test"))
  .map(([number, , , test = ""]) => {
    const [file = "", title = ""] = test.split(" › ").map((part) => part.replaceAll("`", ""));
    return { number, file: `test/${file}`, title };
  });

function readNumberedTests(directory: string): readonly string[] {
  const files = readdirSync(`${projectDirectory}/${directory}`).filter((file) => file.endsWith(".test.ts"));
  return files
    .flatMap((file) =>
      readTestTitles(readProjectFile(`${directory}/${file}`)).map((title) => `${directory}/${file} › ${title}`),
    )
    .filter((test) => / › [A-E]\d+(?:, [A-E]\d+)*: /.test(test));
}

describe("the tables of docs/faults.md", () => {
  it("name tests that exist", () => {
    expect(rows.length).toBeGreaterThan(120);
    for (const { file, title } of rows) {
      expect([file, existsSync(`${projectDirectory}/${file}`)]).toEqual([file, true]);
      expect(readTestTitles(readProjectFile(file))).toContain(title);
    }
  });

  it("name every test that has the number of a fault", () => {
    const named = new Set(rows.map(({ file, title }) => `${file} › ${title}`));
    const folders = ["test/app", "test/routes", "test/middleware", "test/keys", "test/faults"];
    const tests = folders.flatMap(readNumberedTests);
    expect(tests.length).toBeGreaterThan(100);
    expect(tests.filter((test) => !named.has(test))).toEqual([]);
  });

  it("have a row for each fault that can be tested", () => {
    const numbers = new Set(rows.flatMap(({ number = "" }) => number.split(", ")));
    const expected = [
      ...Array.from({ length: 23 }, (_, index) => `A${index + 1}`),
      "A25",
      ...Array.from({ length: 7 }, (_, index) => `B${index + 1}`),
      ...Array.from({ length: 15 }, (_, index) => `C${index + 1}`),
      ...Array.from({ length: 28 }, (_, index) => `D${index + 1}`),
      ...Array.from({ length: 5 }, (_, index) => `E${index + 2}`),
    ];
    expect(expected.filter((number) => !numbers.has(number))).toEqual([]);
  });
});
