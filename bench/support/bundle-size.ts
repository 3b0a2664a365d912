import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import type { BuiltWorker } from "./build.ts";

export interface BundleSize {
  readonly bytes: number;
  readonly gzipBytes: number;
}

/** A bundle as it is uploaded. */
export async function measureBundle({ folder, modules }: BuiltWorker): Promise<BundleSize> {
  const texts = await Promise.all(modules.map((name) => readFile(join(folder, name))));
  return addUp(texts);
}

/**
 * What of the deployed Worker is evaluated when it starts: all that its entry imports, and all that those import. What is
 * imported on demand stays outside, and the first request for a chat completion demands nothing of it.
 */
export async function measureEvaluated(): Promise<BundleSize> {
  const { outputFiles } = await build({
    entryPoints: ["src/index.ts"],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2024",
    conditions: ["workerd", "worker", "browser"],
    mainFields: ["browser", "module", "main"],
    write: false,
    plugins: [
      {
        name: "on-demand",
        setup(bundling) {
          bundling.onResolve({ filter: /./ }, ({ kind, path }) =>
            kind === "dynamic-import" || path.startsWith("cloudflare:") ? { path, external: true } : undefined,
          );
        },
      },
    ],
  });
  return addUp(outputFiles.map(({ contents }) => contents));
}

function addUp(texts: readonly Uint8Array[]): BundleSize {
  return {
    bytes: texts.reduce((sum, text) => sum + text.byteLength, 0),
    gzipBytes: texts.reduce((sum, text) => sum + gzipSync(text).byteLength, 0),
  };
}
