/** `npm run docs`: writes the parts of the documents that are made from data. A test fails when they are out of date. */
import { readFileSync, writeFileSync } from "node:fs";
import { toApiDocument } from "../src/api-document/document.ts";
import { speechParameters, transcriptionParameters } from "../src/api-document/parameters/audio.ts";
import { imageParameters } from "../src/api-document/parameters/images.ts";
import { keyFields } from "../src/api-document/parameters/keys.ts";
import { messageParameters } from "../src/api-document/parameters/messages.ts";
import { toParameterTable } from "../src/api-document/parameters/parameter-row.ts";
import { embeddingParameters } from "../src/api-document/parameters/tasks.ts";
import { toFaultMarkdown } from "../src/emulator/faults/fault-document.ts";
import { toColumnMarkdown } from "../src/gateway/analytics-document.ts";
import { toParameterMarkdown } from "../src/translate/parameter-table.ts";
import { toResponsesParameterMarkdown } from "../src/translate/responses-parameter-table.ts";
import { toButtonMarkdown } from "./docs/button.ts";
import { toErrorMarkdown, toOtherErrorFormMarkdown } from "./docs/errors.ts";
import {
  toAliasMarkdown,
  toMediaModelMarkdown,
  toRetiredModelMarkdown,
  toTaskModelMarkdown,
  toTextModelMarkdown,
  toTextParameterMarkdown,
} from "./docs/models.ts";
import { toBindingMarkdown, toSecretMarkdown, toVariableMarkdown } from "./docs/settings.ts";

writePart("README.md", "button", toButtonMarkdown(readFileSync("package.json", "utf8")));
writePart("README.md", "parameters", toParameterMarkdown());
writePart("docs/responses.md", "parameters", toResponsesParameterMarkdown());
writePart("docs/images.md", "parameters", toParameterTable(imageParameters));
writePart("docs/messages.md", "parameters", toParameterTable(messageParameters));
writePart("docs/tasks.md", "embedding-parameters", toParameterTable(embeddingParameters));
writePart("docs/audio.md", "transcription-parameters", toParameterTable(transcriptionParameters));
writePart("docs/audio.md", "speech-parameters", toParameterTable(speechParameters));
writePart("docs/keys.md", "fields", toParameterTable(keyFields, ["field", "meaning"]));
writePart("docs/accounting.md", "columns", toColumnMarkdown());
writePart("docs/emulator.md", "faults", toFaultMarkdown());
writePart("docs/configuration.md", "secrets", toSecretMarkdown());
writePart("docs/configuration.md", "variables", toVariableMarkdown());
writePart("docs/configuration.md", "bindings", toBindingMarkdown());
writePart("docs/models.md", "text", toTextModelMarkdown());
writePart("docs/models.md", "text-parameters", toTextParameterMarkdown());
writePart("docs/models.md", "tasks", toTaskModelMarkdown());
writePart("docs/models.md", "media", toMediaModelMarkdown());
writePart("docs/models.md", "aliases", toAliasMarkdown());
writePart("docs/models.md", "retired", toRetiredModelMarkdown());
writePart("docs/errors.md", "errors", toErrorMarkdown());
writePart("docs/errors.md", "error-forms", toOtherErrorFormMarkdown());
writeFileSync("docs/openapi.json", `${JSON.stringify(toApiDocument(), null, 2)}\n`);

/** Replaces what stands between `<!-- name:begin -->` and `<!-- name:end -->`. */
function writePart(path: string, name: string, markdown: string): void {
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  const [before, rest] = readFileSync(path, "utf8").split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`${path} has no ${begin} … ${end}`);
  const written = markdown === "" ? "" : `${markdown}\n\n`;
  writeFileSync(path, `${before}${begin}\n\n${written}${end}${after}`);
}
