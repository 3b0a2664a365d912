/**
 * `npm run soak`: mixed traffic against the deployed bundle in workerd, on loopback. A tenth of the requests meets a
 * fault, a tenth of the clients leaves. Every answer is checked: a wrong or a truncated one, a request without an
 * answer and an upstream call that nobody waits for any more make it exit with 1.
 *
 * `--requests 5000`, `--connections 48`, `--seed 1`.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { isRecord } from "../src/json.ts";
import { buildDeployed } from "./support/build.ts";
import { adoptChild } from "./support/children.ts";
import { API_KEY } from "./support/client.ts";
import { readResidentBytes } from "./support/process-figures.ts";
import { createRandom } from "./support/random.ts";
import { createSoakClient } from "./support/soak-client.ts";
import { planRequest } from "./support/soak-plan.ts";
import { findWrong, readErrorCode } from "./support/soak-verdict.ts";
import { quantile } from "./support/statistics.ts";
import { startWorkerd } from "./support/workerd.ts";

const { values: options } = parseArgs({
  options: {
    requests: { type: "string", default: "5000" },
    connections: { type: "string", default: "48" },
    seed: { type: "string", default: "1" },
  },
});

/**
 * Short, so that faults which wait for ever end within the run; long enough for a machine that is busy: an answer whose
 * every byte comes by itself takes seconds on one, and is none the worse.
 */
const VARS = {
  API_KEYS: `soak:${API_KEY}`,
  FIRST_TOKEN_TIMEOUT_MS: "5000",
  RESPONSE_TIMEOUT_MS: "25000",
  STALL_TIMEOUT_MS: "5000",
  MAX_ATTEMPTS: "2",
};

/** How long calls may still be open behind the last answer. */
const SETTLE_MS = 5000;
const PROGRESS_MS = 5000;
const MEMORY_SAMPLE_MS = 250;

interface Tally {
  answered: number;
  left: number;
  readonly kinds: Map<string, number>;
  readonly errors: Map<string, number>;
  /** What was wrong, and how often. */
  readonly wrong: Map<string, number>;
  readonly memory: number[];
}

async function main(): Promise<boolean> {
  const requests = Number(options.requests);
  const folder = await mkdtemp(join(tmpdir(), "flaregate-soak-"));
  const upstream = adoptChild(fork("bench/soak-upstream.ts"));
  const [address]: unknown[] = await once(upstream, "message");
  if (!isRecord(address)) throw new Error("The upstream did not start.");
  const built = await buildDeployed(folder);
  const worker = await startWorkerd(built, { upstreamPort: Number(address["port"]), vars: VARS });
  const client = createSoakClient(worker.port, Number(options.connections));
  const tally: Tally = { answered: 0, left: 0, kinds: new Map(), errors: new Map(), wrong: new Map(), memory: [] };
  const startedAt = performance.now();
  const sampler = setInterval(() => {
    tally.memory.push((readResidentBytes(worker.processId) ?? 0) / 1024 ** 2);
  }, MEMORY_SAMPLE_MS);
  const progress = setInterval(() => {
    console.log(`${tally.answered + tally.left} of ${requests} requests, ${sum(tally.wrong)} wrong`);
  }, PROGRESS_MS);

  const random = createRandom(Number(options.seed));
  let next = 0;
  async function work(): Promise<void> {
    while (next < requests) {
      next += 1;
      const planned = planRequest(random, next);
      const outcome = await client.send(planned);
      if (outcome.type === "left") tally.left += 1;
      else tally.answered += 1;
      count(tally.kinds, planned.kind.replace(/^fault .*/, "faulty"));
      const code = readErrorCode(outcome);
      if (code !== undefined) count(tally.errors, code);
      const wrong = findWrong(planned, outcome);
      if (wrong !== undefined)
        count(tally.wrong, `${planned.body["stream"] === true ? "streamed" : "JSON"} ${planned.kind}: ${wrong}`);
    }
  }
  await Promise.all(Array.from({ length: Number(options.connections) }, work));
  const seconds = (performance.now() - startedAt) / 1000;
  clearInterval(progress);
  clearInterval(sampler);
  client.close();
  const open = await settle(upstream);
  await worker.stop();
  await rm(folder, { recursive: true, force: true });
  print(tally, seconds, open);
  return tally.wrong.size === 0 && open === 0;
}

/** Upstream calls that are still open when there has been time enough to end them. */
async function settle(upstream: ReturnType<typeof fork>): Promise<number> {
  const deadline = performance.now() + SETTLE_MS;
  for (;;) {
    upstream.send("open?");
    const [answer]: unknown[] = await once(upstream, "message");
    const open = isRecord(answer) ? Number(answer["open"]) : Number.NaN;
    if (open === 0 || performance.now() > deadline) return open;
    await pause(100);
  }
}

function print({ answered, left, kinds, errors, wrong, memory }: Tally, seconds: number, open: number): void {
  const third = Math.ceil(memory.length / 3);
  const thirds = [0, 1, 2].map((part) =>
    quantile(memory.slice(part * third, (part + 1) * third).toSorted(ascending), 0.5),
  );
  console.log(`\n${answered} answers and ${left} clients that left in ${seconds.toFixed(0)} s`);
  console.log(`requests: ${list(kinds)}`);
  console.log(`errors: ${list(errors)}`);
  console.log(
    `memory of the runtime process, median of each third, MB: ${thirds.map((size) => size.toFixed(0)).join(", ")}`,
  );
  console.log(`upstream calls left open: ${open}`);
  console.log(`wrong: ${wrong.size === 0 ? "none" : list(wrong)}`);
}

function list(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, times]) => `${name} ${times}`)
    .join(", ");
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((total, times) => total + times, 0);
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function ascending(a: number, b: number): number {
  return a - b;
}

process.exit((await main()) ? 0 : 1);
