/** `npm run docs`: writes the parts of the documents that are made from data. A test fails when they are out of date. */
import { readFileSync, writeFileSync } from "node:fs";
import { toParameterMarkdown } from "../src/translate/parameter-table.ts";

const path = "README.md";
const begin = "<!-- parameters:begin -->";
const end = "<!-- parameters:end -->";

const readme = readFileSync(path, "utf8");
const [before, rest] = readme.split(begin);
const after = rest?.split(end)[1];
if (before === undefined || after === undefined) throw new Error(`README.md has no ${begin} … ${end}`);
writeFileSync(path, `${before}${begin}\n\n${toParameterMarkdown()}\n\n${end}${after}`);
