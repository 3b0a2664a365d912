import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildBare, buildDeployed } from "./build.ts";
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
  const build = (name: string) => buildBare(name, join(folder, name));
  const built = {
    gateway: await buildDeployed(join(folder, "gateway")),
    "pass-through": await build("pass-through"),
    straightforward: await build("straightforward"),
    empty: await build("empty"),
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
