/**
 * Bundles the deployed Worker, in `dist/worker/`: one module with all that is evaluated at its start, one each for what
 * many isolates import soon after it, and one with the rest. wrangler runs this before each deployment (`[build]` in its
 * configurations).
 *
 * wrangler's own bundler makes one module of all. There each module that several parts need is wrapped in a function, to
 * be evaluated when one of them asks for it: compressed, the bundle is 6 KB larger so, and the text of each such function
 * is read twice, which took 2 to 4 ms of the start. A module of its own for each import on demand, 57 in all, is dearer as
 * well: workerd compiles all of them at the start, at 75 µs each beside their text, which is more than the rest takes to
 * be evaluated as a whole.
 */
import { resolve } from "node:path";
import { rolldown } from "rolldown";
import type { ChunkingContext } from "rolldown";
import { fillFolder } from "./output-folder.ts";

const ENTRY = resolve("src/index.ts");

/** Each part is its entries with all that they import, less the parts before it. */
const PARTS = [
  { name: "start", entries: [ENTRY] },
  { name: "constraints", entries: [resolve("src/translate/constraints.ts")] },
  { name: "key-account", entries: [resolve("src/keys/key-account.ts")] },
  // What an isolate does behind its first answer.
  { name: "upkeep", entries: [resolve("src/models/refine.ts"), resolve("src/gateway/analytics.ts")] },
];

const bundle = await rolldown({
  input: ENTRY,
  external: /^cloudflare:/,
  platform: "neutral",
  resolve: { conditionNames: ["workerd", "worker", "browser"], mainFields: ["browser", "module", "main"] },
});

let partOf: ReadonlyMap<string, string> | undefined;

const { output } = await bundle.generate({
  entryFileNames: "[name].js",
  chunkFileNames: "[name].js",
  minify: true,
  comments: { annotation: false },
  sourcemap: true,
  codeSplitting: {
    // A group takes what its modules import as well, but for what groups before it have.
    groups: [...PARTS.map(({ name }) => name), "rest"].map((part) => ({
      debugName: part,
      name(id, context) {
        partOf ??= findParts(context);
        return (partOf.get(id) ?? "rest") === part ? part : null;
      },
    })),
  },
});
await bundle.close();

const files = output.map((file) => [file.fileName, file.type === "chunk" ? file.code : file.source] as const);
const encoder = new TextEncoder();
await fillFolder(
  "dist/worker",
  new Map(files.map(([name, text]) => [name, typeof text === "string" ? encoder.encode(text) : text])),
);

/** The names of the parts that modules belong to. */
function findParts(context: ChunkingContext): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { name, entries } of PARTS) {
    const own = new Set(entries);
    for (const id of own) {
      found.set(id, name);
      for (const imported of context.getModuleInfo(id)?.importedIds ?? []) if (!found.has(imported)) own.add(imported);
    }
  }
  return found;
}
