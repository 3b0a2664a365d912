import { Miniflare, type RemoteProxyConnectionString } from "miniflare";
import { inject } from "vitest";
import { unstable_readConfig } from "wrangler";
import type { BuiltWorker } from "../../bench/support/build.ts";
import { type WorkerBundle, listModules, readBundle } from "./build.ts";
import type { BuildResult } from "./global-setup.ts";
import { type UpstreamHandler, serveUpstream } from "./loopback-server.ts";

export interface ProductionWorker {
  /** Where the Worker listens: `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly origin: string;
  stop(): Promise<void>;
}

export interface ProductionWorkerOptions {
  /** Plays Workers AI behind the runtime's own binding. */
  readonly upstream: UpstreamHandler;
  /** Vars and secrets, as a deployment would set them. */
  readonly vars: Readonly<Record<string, string>>;
  /** Is given each line that the Worker logs. */
  readonly onLog?: (line: string) => void;
}

export async function productionBuild(): Promise<BuiltWorker> {
  const folder = folderOf(inject("productionBuild"));
  return { folder, modules: await listModules(folder) };
}

export async function productionBundle(): Promise<WorkerBundle> {
  return await readBundle(folderOf(inject("productionBuild")), "dist/worker");
}

export async function developmentBundle(): Promise<WorkerBundle> {
  return await readBundle(folderOf(inject("developmentBuild")));
}

/** Runs the deployed bundle in workerd, with the runtime's own `Ai` class and `upstream` in place of Workers AI. */
export async function startProductionWorker({
  upstream,
  vars,
  onLog,
}: ProductionWorkerOptions): Promise<ProductionWorker> {
  const { modules } = await productionBundle();
  const config = unstable_readConfig({ config: "wrangler.toml" });
  const server = await serveUpstream(upstream);
  const miniflare = new Miniflare({
    host: "127.0.0.1",
    // A fixed `Request.cf`: the true one would come from the network.
    cf: false,
    ...(onLog !== undefined && { handleStructuredLogs: ({ message }) => onLog(message) }),
    workers: [
      {
        config: {
          name: "flaregate",
          compatibilityDate: config.compatibility_date ?? "",
          compatibilityFlags: config.compatibility_flags,
          manifest: {
            mainModule: "index.js",
            modules: mapValues(modules, (contents) => ({ type: "esm" as const, contents })),
          },
          env: {
            AI: { type: "ai", dev: { remote: true } },
            ASSETS: { type: "assets" },
            ...mapValues(vars, (value) => ({ type: "text" as const, value })),
          },
          // As deployed, with the runtime's router in front of the Worker: it must pass on that a client has left.
          assets: { directory: "dist/pages", htmlHandling: "none", runWorkerFirst: true, hasUserWorker: true },
        },
        // Any HTTP server will do; the brand only says that wrangler usually makes the address.
        dev: { remoteProxyConnectionString: server.url as RemoteProxyConnectionString },
      },
    ],
  });
  const url = await miniflare.ready;
  return {
    origin: url.origin,
    async stop() {
      await miniflare.dispose();
      await server.close();
    },
  };
}

function folderOf(result: BuildResult): string {
  if ("failure" in result) throw new Error(result.failure);
  return result.folder;
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, map: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
