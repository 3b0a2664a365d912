import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath as toPath } from "node:url";
import { gzipSync } from "node:zlib";
import { buildWorker } from "./build.ts";
import type { BuiltWorker } from "./build.ts";
import { API_KEY } from "./client.ts";
import { createUpstreamBody } from "./upstream-bodies.ts";
import { startUpstream } from "./upstream-process.ts";
import type { Upstream } from "./upstream-process.ts";
import { startWorkerd } from "./workerd.ts";
import type { RunningWorker } from "./workerd.ts";
import type { Truth } from "./slot.ts";
import type { Variant, Workload } from "./workloads.ts";

type Built = Readonly<Record<Variant | "empty", BuiltWorker>>;

/** Everything that a run needs, running. */
export interface TestBed {
  readonly built: Built;
  readonly workers: Readonly<Record<Variant, RunningWorker>>;
  /** Has the upstream answer as the workload says; what it answers is the truth about the answers of all variants. */
  prepare(workload: Workload): Promise<Truth>;
  /** Another process of a Worker that runs already, or of the empty one. */
  start(name: keyof Built): Promise<RunningWorker>;
  stop(): Promise<void>;
}

export async function startTestBed(): Promise<TestBed> {
  const folder = await mkdtemp(join(tmpdir(), "flaregate-bench-"));
  const built = {
    gateway: await buildWorker("src/index.ts", join(folder, "gateway")),
    "pass-through": await buildWorker(
      toPath(import.meta.resolve("../workers/pass-through.ts")),
      join(folder, "pass-through"),
    ),
    straightforward: await buildWorker(
      toPath(import.meta.resolve("../workers/straightforward.ts")),
      join(folder, "straightforward"),
    ),
    empty: await buildWorker(toPath(import.meta.resolve("../workers/empty.ts")), join(folder, "empty")),
  };
  const upstream: Upstream = await startUpstream();
  const start = (name: keyof Built) =>
    startWorkerd(built[name], { upstreamPort: upstream.port, vars: { API_KEYS: `bench:${API_KEY}` } });
  const workers = {
    "pass-through": await start("pass-through"),
    gateway: await start("gateway"),
    straightforward: await start("straightforward"),
  };
  return {
    built,
    workers,
    start,
    async prepare({ upstream: body }) {
      await upstream.answerWith(body);
      const { pieces, expected } = createUpstreamBody(body);
      return { bytes: Buffer.concat(pieces), expected };
    },
    async stop() {
      for (const worker of Object.values(workers)) await worker.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Bytes of a bundle as it is uploaded, and compressed. */
export async function measureBundle({ folder, modules }: BuiltWorker): Promise<{ bytes: number; gzipBytes: number }> {
  const texts = await Promise.all(modules.map((name) => readFile(join(folder, name))));
  return {
    bytes: texts.reduce((sum, text) => sum + text.byteLength, 0),
    gzipBytes: texts.reduce((sum, text) => sum + gzipSync(text).byteLength, 0),
  };
}
