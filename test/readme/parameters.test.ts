import { expect, it } from "vitest";
import { toParameterMarkdown } from "../../src/translate/parameter-table.ts";
import { toResponsesParameterMarkdown } from "../../src/translate/responses-parameter-table.ts";
import { readProjectFile } from "./code-blocks.ts";

it.each([
  ["README.md", toParameterMarkdown],
  ["docs/responses.md", toResponsesParameterMarkdown],
])("shows in %s what the code does with every parameter (`npm run docs` writes it there)", (path, toMarkdown) => {
  const document = readProjectFile(path);
  const shown = document.split("<!-- parameters:begin -->")[1]?.split("<!-- parameters:end -->")[0]?.trim();
  expect(shown).toBe(toMarkdown());
});
