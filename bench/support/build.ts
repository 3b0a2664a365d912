import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { resolve } from "node:path";
import { promisify } from "node:util";

/** A Worker as wrangler bundles it: the folder, and the names of its modules with the entry first. */
export interface BuiltWorker {
  readonly folder: string;
  readonly modules: readonly string[];
}

/** What the deployed Worker is built by. */
const DEPLOYED = "wrangler.toml";

/** The same for a Worker that is one file and needs no bindings. */
export const BARE = "bench/workers/wrangler.toml";

/** The command that deploys, stopped before the upload: it needs neither a login nor a network. */
export async function buildWorker(entry: string, folder: string, config = DEPLOYED): Promise<BuiltWorker> {
  await promisify(execFile)(
    process.execPath,
    [
      "node_modules/wrangler/bin/wrangler.js",
      "deploy",
      resolve(entry),
      "--dry-run",
      "--config",
      config,
      "--outdir",
      folder,
    ],
    { env: { ...process.env, WRANGLER_HIDE_BANNER: "true", WRANGLER_SEND_METRICS: "false" } },
  );
  const modules = (await readdir(folder)).filter((name) => name.endsWith(".js"));
  const main = /([^/]+)\.ts$/.exec(entry)?.[1] ?? "index";
  return { folder, modules: modules.toSorted((a, b) => Number(b === `${main}.js`) - Number(a === `${main}.js`)) };
}
