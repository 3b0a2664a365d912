/**
 * Makes what the Worker serves as static assets, in `dist/pages/`: the web pages of `src/playground/`, the OpenAPI
 * document, which `npm run docs` makes, and the script that draws it at `/docs`. wrangler runs this before each development server and each deployment
 * (`[build]` in its configurations).
 */
import { readFile, readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { fillFolder } from "./output-folder.ts";
import { readScalar } from "./scalar.ts";

const SOURCE = "src/playground";
const OUTPUT = "dist/pages";

const entries = (await readdir(SOURCE)).filter((name) => /\.(?:ts|css|html|svg)$/.test(name));

const { outputFiles } = await build({
  entryPoints: entries.map((name) => join(SOURCE, name)),
  outdir: OUTPUT,
  write: false,
  bundle: true,
  format: "esm",
  target: "es2023",
  minify: true,
  // The copied files are pages and pictures as they stand.
  loader: { ".html": "copy", ".svg": "copy" },
});

const apiDocument: unknown = JSON.parse(await readFile("docs/openapi.json", "utf8"));

const files = new Map(outputFiles.map(({ path, contents }) => [basename(path), contents]));
files.set("openapi.json", new TextEncoder().encode(JSON.stringify(apiDocument)));
files.set("scalar.js", readScalar());

await fillFolder(OUTPUT, files);
