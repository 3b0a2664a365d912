import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { resolve } from "node:path";
import { promisify } from "node:util";

/** A Worker as wrangler bundles it: the folder, and the names of its modules with the entry first. */
export interface BuiltWorker {
  readonly folder: string;
  readonly modules: readonly string[];
}

/** The command that deploys, stopped before the upload: it needs neither a login nor a network. */
export async function buildDeployed(folder: string): Promise<BuiltWorker> {
  return build(["--config", "wrangler.toml", "--outdir", folder], folder, "index");
}

/** The same for a Worker of `bench/workers/`, which is one file and needs no bindings. */
export async function buildBare(name: string, folder: string): Promise<BuiltWorker> {
  const entry = resolve(`bench/workers/${name}.ts`);
  return build([entry, "--config", "bench/workers/wrangler.toml", "--outdir", folder], folder, name);
}

async function build(options: readonly string[], folder: string, main: string): Promise<BuiltWorker> {
  await promisify(execFile)(
    process.execPath,
    ["node_modules/wrangler/bin/wrangler.js", "deploy", "--dry-run", ...options],
    { env: { ...process.env, WRANGLER_HIDE_BANNER: "true", WRANGLER_SEND_METRICS: "false" } },
  );
  const modules = (await readdir(folder)).filter((name) => name.endsWith(".js"));
  return { folder, modules: modules.toSorted((a, b) => Number(b === `${main}.js`) - Number(a === `${main}.js`)) };
}
