import { expect, it } from "vitest";
import { toParameterMarkdown } from "../../src/translate/parameter-table.ts";
import { toResponsesParameterMarkdown } from "../../src/translate/responses-parameter-table.ts";
import { readPart, readProjectFile } from "./code-blocks.ts";

it.each([
  ["README.md", toParameterMarkdown],
  ["docs/responses.md", toResponsesParameterMarkdown],
])("shows in %s what the code does with every parameter (`npm run docs` writes it there)", (path, toMarkdown) => {
  expect(readPart(readProjectFile(path), "parameters")).toBe(toMarkdown());
});
