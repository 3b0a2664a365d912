import { findFault } from "./check-answer.ts";
import { createClient } from "./client.ts";
import type { ClientAnswer } from "./client.ts";
import { readCpuNanoseconds } from "./process-figures.ts";
import type { ExpectedAnswer } from "./upstream-bodies.ts";
import type { RunningWorker } from "./workerd.ts";
import type { Variant, Workload } from "./workloads.ts";

/** One variant under one workload for a short while. Latencies are in ascending order, in milliseconds. */
export interface Slot {
  /** Microseconds of the runtime process for each request; `undefined` where the system does not tell. */
  readonly cpuMicroseconds: number | undefined;
  readonly requests: number;
  readonly seconds: number;
  readonly latencies: readonly number[];
}

/** What the upstream says under a workload, as bytes and as what a client has to find in them. */
export interface Truth {
  readonly bytes: Buffer;
  readonly expected: ExpectedAnswer;
}

/** A wrong answer: the run is broken, whatever it has measured. */
class BrokenRun extends Error {}

/** Sends requests for `durationMs` over all connections of the workload and checks every answer afterwards. */
export async function runSlot(
  worker: RunningWorker,
  variant: Variant,
  { workload, truth, durationMs }: { workload: Workload; truth: Truth; durationMs: number },
): Promise<Slot> {
  const client = createClient(workload.connections);
  const message = { port: worker.port, path: "/v1/chat/completions", body: toRequestBody(workload) };
  const answers: ClientAnswer[] = [];
  const cpuBefore = readCpuNanoseconds(worker.processId);
  const startedAt = performance.now();
  async function work(): Promise<void> {
    do answers.push(await client.send(message));
    while (performance.now() - startedAt < durationMs);
  }
  await Promise.all(Array.from({ length: workload.connections }, work));
  const seconds = (performance.now() - startedAt) / 1000;
  const cpuAfter = readCpuNanoseconds(worker.processId);
  client.close();
  for (const answer of answers) check(answer, variant, workload, truth);
  return {
    cpuMicroseconds:
      cpuBefore === undefined || cpuAfter === undefined ? undefined : (cpuAfter - cpuBefore) / answers.length / 1000,
    requests: answers.length,
    seconds,
    latencies: answers.map(({ totalMs }) => totalMs).toSorted((a, b) => a - b),
  };
}

export function toRequestBody({ request }: Workload): Buffer {
  return Buffer.from(JSON.stringify(request));
}

/** Throws a `BrokenRun` where the answer is not what the upstream said. */
export function check(answer: ClientAnswer, variant: Variant, workload: Workload, truth: Truth): void {
  const fault =
    variant === "pass-through" ? findByteFault(answer, truth) : findFault(answer, truth.expected, workload.choices);
  if (fault !== undefined) throw new BrokenRun(`${variant} answered ${workload.id} wrongly: ${fault}`);
}

function findByteFault(answer: ClientAnswer, { bytes }: Truth): string | undefined {
  if (answer.status !== 200) return `status ${answer.status}`;
  return answer.body.equals(bytes) ? undefined : "other bytes";
}
