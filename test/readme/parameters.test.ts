import { expect, it } from "vitest";
import { speechParameters, transcriptionParameters } from "../../src/api-document/parameters/audio.ts";
import { imageParameters } from "../../src/api-document/parameters/images.ts";
import { keyFields } from "../../src/api-document/parameters/keys.ts";
import { messageParameters } from "../../src/api-document/parameters/messages.ts";
import { toParameterTable } from "../../src/api-document/parameters/parameter-row.ts";
import { embeddingParameters } from "../../src/api-document/parameters/tasks.ts";
import { toParameterMarkdown } from "../../src/translate/parameter-table.ts";
import { toResponsesParameterMarkdown } from "../../src/translate/responses-parameter-table.ts";
import { readPart, readProjectFile } from "./code-blocks.ts";

it.each([
  ["README.md", "parameters", toParameterMarkdown],
  ["docs/responses.md", "parameters", toResponsesParameterMarkdown],
  ["docs/images.md", "parameters", () => toParameterTable(imageParameters)],
  ["docs/messages.md", "parameters", () => toParameterTable(messageParameters)],
  ["docs/tasks.md", "embedding-parameters", () => toParameterTable(embeddingParameters)],
  ["docs/audio.md", "transcription-parameters", () => toParameterTable(transcriptionParameters)],
  ["docs/keys.md", "fields", () => toParameterTable(keyFields, ["field", "meaning"])],
  ["docs/audio.md", "speech-parameters", () => toParameterTable(speechParameters)],
])("shows in %s, %s, what happens to each of them (`npm run docs` writes it there)", (path, name, toMarkdown) => {
  expect(readPart(readProjectFile(path), name)).toBe(toMarkdown());
});
