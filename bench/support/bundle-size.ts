import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { BuiltWorker } from "./build.ts";

export interface BundleSize {
  readonly bytes: number;
  readonly gzipBytes: number;
}

/** A bundle as it is uploaded: all of its modules, compressed together, as wrangler counts them. */
export async function measureBundle({ folder, modules }: BuiltWorker): Promise<BundleSize> {
  return addUp(await Promise.all(modules.map((name) => readFile(join(folder, name)))));
}

/** An import at the beginning of a module or an export from another, and not one on demand, which is a call. */
const STATIC_IMPORT = /(?:\bfrom|\bimport)\s*"\.\/([^"]+)"/g;

/**
 * What of a bundle is evaluated when the Worker starts: its entry, what that imports, and what those import. What is
 * imported on demand stays outside, and the first request for a chat completion demands nothing of it.
 */
export async function measureEvaluated({ folder, modules }: BuiltWorker): Promise<BundleSize> {
  const evaluated = new Set(modules.slice(0, 1));
  const texts: Buffer[] = [];
  for (const name of evaluated) {
    const text = await readFile(join(folder, name));
    texts.push(text);
    for (const [, imported = ""] of text.toString().matchAll(STATIC_IMPORT)) evaluated.add(imported);
  }
  return addUp(texts);
}

function addUp(texts: readonly Uint8Array[]): BundleSize {
  const all = Buffer.concat(texts);
  return { bytes: all.byteLength, gzipBytes: gzipSync(all).byteLength };
}
