import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { type DeployConfig, runWranglerBuild } from "./build.ts";

/** The folder of a finished build, or why there is none: a test that needs no bundle still runs. */
export type BuildResult = { readonly folder: string } | { readonly failure: string };

declare module "vitest" {
  interface ProvidedContext {
    readonly productionBuild: BuildResult;
    readonly developmentBuild: BuildResult;
  }
}

/** Builds both Workers once for all test files of the run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "flaregate-"));
  project.provide("productionBuild", await build("wrangler.toml", join(folder, "production")));
  project.provide("developmentBuild", await build("wrangler.dev.toml", join(folder, "development")));
  return async () => await rm(folder, { recursive: true, force: true });
}

async function build(config: DeployConfig, folder: string): Promise<BuildResult> {
  try {
    await runWranglerBuild(config, folder);
    return { folder };
  } catch (error) {
    return { failure: `${config} does not build: ${String(error)}` };
  }
}
