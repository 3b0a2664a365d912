/**
 * Makes what the Worker serves as static assets, in `dist/pages/`: the web pages of `src/playground/`, the OpenAPI
 * document, which `npm run docs` makes, and the script that draws it at `/docs`. wrangler runs this before each development server and each deployment
 * (`[build]` in its configurations).
 */
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { build } from "esbuild";
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

await mkdir(OUTPUT, { recursive: true });
for (const [name, contents] of files) await writeIfChanged(join(OUTPUT, name), contents);
for (const name of await readdir(OUTPUT)) if (!files.has(name)) await rm(join(OUTPUT, name));

/** A development server starts anew when one of its files is written; one that stays the same is no reason to. */
async function writeIfChanged(path: string, contents: Uint8Array): Promise<void> {
  const present = await readFile(path).catch(() => undefined);
  if (present === undefined || !present.equals(contents)) await writeFile(path, contents);
}
