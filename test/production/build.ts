import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

/** A Worker as wrangler bundles it for upload. */
export interface WorkerBundle {
  /** The text of each module, by its name; the entry is `index.js`. */
  readonly modules: Readonly<Record<string, string>>;
  /** The files that went into the bundle, as the source map names them. */
  readonly sources: readonly string[];
}

const ENTRY = "index.js";

export type DeployConfig =
  | "wrangler.toml"
  | "wrangler.dev.toml"
  | "wrangler.emulator.toml"
  | "examples/worker/wrangler.toml";

/** The command that deploys, stopped before the upload: it needs neither a login nor a network. */
export async function runWranglerBuild(config: DeployConfig, outputFolder: string): Promise<void> {
  await promisify(execFile)(
    process.execPath,
    ["node_modules/wrangler/bin/wrangler.js", "deploy", "--dry-run", "--config", config, "--outdir", outputFolder],
    { env: { ...process.env, WRANGLER_HIDE_BANNER: "true", WRANGLER_SEND_METRICS: "false" } },
  );
}

/** The names of the modules in a folder, the entry first. */
export async function listModules(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".js"));
  return names.toSorted((a, b) => Number(b === ENTRY) - Number(a === ENTRY));
}

/** `mapFolder` is where the source maps are, if not beside the modules: wrangler copies none that it has not made. */
export async function readBundle(folder: string, mapFolder = folder): Promise<WorkerBundle> {
  const modules: Record<string, string> = {};
  for (const name of await listModules(folder)) modules[name] = await readFile(join(folder, name), "utf8");
  const sources: string[] = [];
  for (const name of await readdir(mapFolder)) {
    if (name.endsWith(".js.map")) sources.push(...readSources(await readFile(join(mapFolder, name), "utf8")));
  }
  return { modules, sources };
}

function readSources(sourceMap: string): string[] {
  const { sources }: { sources: string[] } = JSON.parse(sourceMap);
  return sources;
}
