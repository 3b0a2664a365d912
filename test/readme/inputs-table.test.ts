import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { projectDirectory, readProjectFile } from "./code-blocks.ts";
import { readTestTitles } from "./test-titles.ts";

/** `docs/inputs.md` says which test, or which case of one, keeps which fact: the last cell of each row of its tables. */
const named = [...readProjectFile("docs/inputs.md").matchAll(/\| `([^`]+)` › `([^`]+)` \|$/gm)].map(
  ([, file = "", title = ""]) => ({ file: `test/${file}`, title }),
);

it("the tables of docs/inputs.md name tests that exist", () => {
  const rows = readProjectFile("docs/inputs.md")
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| ---") && !line.endsWith("| test |"));
  expect(named.length).toBe(rows.length);
  for (const { file, title } of named) {
    expect([file, existsSync(`${projectDirectory}/${file}`)]).toEqual([file, true]);
    const source = readProjectFile(file);
    const isCase = source.includes(`"${title}",`);
    expect([file, title, isCase || readTestTitles(source).includes(title)]).toEqual([file, title, true]);
  }
});
