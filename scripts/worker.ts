/**
 * Bundles the deployed Worker, in `dist/worker/`: one module with all that is evaluated at its start, and modules that are
 * imported on demand. wrangler runs this before each deployment (`[build]` in its configurations).
 *
 * wrangler's own bundler makes one module of both. There each module that both parts need is wrapped in a function, to be
 * evaluated when either asks for it: compressed, the bundle is 6 KB larger so, and the text of each such function is read
 * twice, which took 2 to 4 ms of the start.
 */
import { resolve } from "node:path";
import { rolldown } from "rolldown";
import type { ChunkingContext } from "rolldown";
import { fillFolder } from "./output-folder.ts";

const ENTRY = resolve("src/index.ts");

const bundle = await rolldown({
  input: ENTRY,
  external: /^cloudflare:/,
  platform: "neutral",
  resolve: { conditionNames: ["workerd", "worker", "browser"], mainFields: ["browser", "module", "main"] },
});

let start: ReadonlySet<string> | undefined;

const { output } = await bundle.generate({
  entryFileNames: "[name].js",
  chunkFileNames: "[name].js",
  minify: true,
  comments: { annotation: false },
  sourcemap: true,
  codeSplitting: {
    groups: [
      {
        debugName: "start",
        name(id, context) {
          start ??= findStart(context);
          return start.has(id) ? "start" : null;
        },
      },
    ],
  },
});
await bundle.close();

const files = output.map((file) => [file.fileName, file.type === "chunk" ? file.code : file.source] as const);
const encoder = new TextEncoder();
await fillFolder(
  "dist/worker",
  new Map(files.map(([name, text]) => [name, typeof text === "string" ? encoder.encode(text) : text])),
);

/** The entry, what it imports, and what that imports. */
function findStart(context: ChunkingContext): ReadonlySet<string> {
  const found = new Set([ENTRY]);
  for (const id of found) for (const imported of context.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
  return found;
}
