import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { projectDirectory, readProjectFile, readTable } from "./code-blocks.ts";
import { readTestTitles } from "./test-titles.ts";

/** `docs/reliability.md` names for each promise the test that keeps it. */
const promises = readProjectFile("docs/reliability.md")
  .split("\n## ")
  .flatMap((section) => readTable(section, "promise", "test"));

it("each promise of docs/reliability.md is kept by a test that exists", () => {
  expect(promises.length).toBeGreaterThan(45);
  for (const [promise, test = ""] of promises) {
    const [path = "", title = ""] = test.split(" › ").map((part) => part.replaceAll("`", ""));
    const file = `test/${path}`;
    expect([promise, existsSync(`${projectDirectory}/${file}`)]).toEqual([promise, true]);
    expect(readTestTitles(readProjectFile(file))).toContain(title);
  }
});
