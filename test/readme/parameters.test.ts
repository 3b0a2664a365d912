import { expect, it } from "vitest";
import { toParameterMarkdown } from "../../src/translate/parameter-table.ts";
import { readProjectFile } from "./code-blocks.ts";

it("shows in the README what the code does with every parameter (`npm run docs` writes it there)", () => {
  const readme = readProjectFile("README.md");
  const shown = readme.split("<!-- parameters:begin -->")[1]?.split("<!-- parameters:end -->")[0]?.trim();
  expect(shown).toBe(toParameterMarkdown());
});
