/**
 * `npm run bench:keys`: what a managed key adds to a request, in time and in CPU, beside a static one. One workerd with
 * the deployed bundle and its objects, whose databases are files; the three kinds of keys take turns.
 *
 * `--rounds 20`, `--requests 100` a round and key.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { isRecord } from "../src/json.ts";
import { buildDeployed } from "./support/build.ts";
import { readCpuNanoseconds } from "./support/process-figures.ts";
import { toSpread } from "./support/statistics.ts";
import { startUpstream } from "./support/upstream-process.ts";
import { startWorkerd } from "./support/workerd.ts";
import type { RunningWorker } from "./support/workerd.ts";

const { values: options } = parseArgs({
  options: { rounds: { type: "string", default: "20" }, requests: { type: "string", default: "100" } },
});

const ADMIN_KEY = "sk-admin-of-the-benchmark";
const STATIC_KEY = "sk-bench";

/** Far away: what is measured is the check, not the refusal. */
const LIMITS = { rpm: 1_000_000, tpm: 1_000_000_000, max_parallel_requests: 1000, max_budget: 1_000_000 };

const BODY = JSON.stringify({
  model: "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
  messages: [{ role: "user", content: "Hello" }],
});

/** What `waitUntil` still does behind an answer belongs to its request. */
const SETTLE_MS = 100;

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "flaregate-keys-"));
  const upstream = await startUpstream();
  await upstream.answerWith({ form: "json", size: 600 });
  const worker = await startWorkerd(await buildDeployed(folder), {
    upstreamPort: upstream.port,
    vars: { API_KEYS: `bench:${STATIC_KEY}`, ADMIN_KEY },
    objects: { KEYS: "ApiKey", KEY_DIRECTORY: "ApiKeyDirectory" },
  });
  const keys = {
    static: STATIC_KEY,
    "managed, no limits": await createKey(worker, {}),
    "managed, all limits": await createKey(worker, LIMITS),
  };
  const names = Object.entries(keys);
  const times = new Map<string, number[]>(names.map(([name]) => [name, []]));
  const cpu = new Map<string, number[]>(names.map(([name]) => [name, []]));
  for (const [, key] of names) for (let count = 0; count < 300; count += 1) await ask(worker, key);
  for (let round = 1; round <= Number(options.rounds); round += 1) {
    for (const [name, key] of names) {
      const before = readCpuNanoseconds(worker.processId) ?? Number.NaN;
      for (let count = 0; count < Number(options.requests); count += 1) times.get(name)?.push(await ask(worker, key));
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      const used = (readCpuNanoseconds(worker.processId) ?? Number.NaN) - before;
      cpu.get(name)?.push(used / 1e6 / Number(options.requests));
    }
    console.error(`round ${round} of ${options.rounds}`);
  }
  console.log("key | answer, ms (median) | CPU, ms a request (median, least to most)");
  for (const [name] of names) {
    const [time, used] = [toSpread(times.get(name) ?? []), toSpread(cpu.get(name) ?? [])];
    if (time === undefined || used === undefined) continue;
    const range = `${used.least.toFixed(2)} to ${used.most.toFixed(2)}`;
    console.log(`${name} | ${time.median.toFixed(2)} | ${used.median.toFixed(2)} (${range})`);
  }
  await worker.stop();
  await rm(folder, { recursive: true, force: true });
}

async function createKey({ port }: RunningWorker, limits: object): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/admin/keys`, {
    method: "POST",
    headers: { authorization: `Bearer ${ADMIN_KEY}` },
    body: JSON.stringify({ name: "bench", ...limits }),
  });
  const made: unknown = await response.json();
  if (!isRecord(made) || typeof made["key"] !== "string") throw new Error(`No key was made: ${JSON.stringify(made)}`);
  return made["key"];
}

/** Milliseconds until the answer was read. */
async function ask({ port }: RunningWorker, key: string): Promise<number> {
  const startedAt = performance.now();
  const response = await fetch(`http://127.0.0.1:${port}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: BODY,
  });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`A request was answered with ${response.status}.`);
  return performance.now() - startedAt;
}

await main();
// The upstream's channel would keep the process alive; its children end with it.
process.exit();
