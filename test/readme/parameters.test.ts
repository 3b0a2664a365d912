import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { toParameterMarkdown } from "../../src/translate/parameter-table.ts";

it("shows in the README what the code does with every parameter (`npm run docs` writes it there)", () => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const shown = readme.split("<!-- parameters:begin -->")[1]?.split("<!-- parameters:end -->")[0]?.trim();
  expect(shown).toBe(toParameterMarkdown());
});
