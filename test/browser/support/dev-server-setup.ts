import type { TestProject } from "vitest/node";
import { startDevServer } from "../../readme/dev-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where `npm run dev` listens. */
    readonly devOrigin: string;
  }
}

/** One development server for all files of the run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startDevServer();
  project.provide("devOrigin", server.origin);
  return () => server.stop();
}
