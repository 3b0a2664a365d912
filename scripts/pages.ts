/**
 * Makes the web pages that the Worker serves as static assets: `src/playground/` to `dist/pages/`. wrangler runs this
 * before each development server and each deployment (`[build]` in its configurations).
 */
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { build } from "esbuild";

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

await mkdir(OUTPUT, { recursive: true });
const written = new Set(outputFiles.map(({ path }) => basename(path)));
for (const { path, contents } of outputFiles) await writeIfChanged(join(OUTPUT, basename(path)), contents);
for (const name of await readdir(OUTPUT)) if (!written.has(name)) await rm(join(OUTPUT, name));

/** A development server starts anew when one of its files is written; one that stays the same is no reason to. */
async function writeIfChanged(path: string, contents: Uint8Array): Promise<void> {
  const present = await readFile(path).catch(() => undefined);
  if (present === undefined || !present.equals(contents)) await writeFile(path, contents);
}
