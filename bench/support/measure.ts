import type { TestBed } from "./bed.ts";
import { runSlot } from "./slot.ts";
import type { Slot } from "./slot.ts";
import { quantile, toSpread } from "./statistics.ts";
import type { Spread } from "./statistics.ts";
import { BURST, SMALL_JSON } from "./workloads.ts";
import type { Variant, Workload } from "./workloads.ts";

/** What one variant did under one workload. */
export interface VariantFigures {
  readonly variant: Variant;
  readonly requests: number;
  /** CPU microseconds a request; over the rounds. */
  readonly cpuMicroseconds: Spread | undefined;
  /** CPU over the pass-through's in the same round, for as many upstream calls. */
  readonly ratio: Spread | undefined;
  /** Orientation only: on a shared machine these say as much of the neighbours as of the Worker. */
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface WorkloadFigures {
  readonly id: string;
  readonly title: string;
  /** Events that a request brings; 0 where it is no stream. */
  readonly events: number;
  readonly choices: number;
  readonly variants: readonly VariantFigures[];
}

export interface Pace {
  readonly rounds: number;
  readonly slotMs: number;
  readonly warmUpMs: number;
}

/**
 * Requests that every process answers before anything is measured: until then its code is still being compiled, and what
 * is measured first bears it. After 300 streams the compilers still took a tenth of the gateway's time.
 */
const WARM_UP = [
  [SMALL_JSON, 4000],
  [BURST, 2000],
] as const;

/** Bounds a variant that is slow, and a machine that is busy. */
const LONGEST_WARM_UP_MS = 5000;

export async function warmUp(bed: TestBed): Promise<void> {
  for (const [workload, requests] of WARM_UP) {
    const truth = await bed.prepare(workload);
    for (const variant of workload.variants) {
      const startedAt = performance.now();
      for (let answered = 0; answered < requests && performance.now() - startedAt < LONGEST_WARM_UP_MS;) {
        answered += (await runSlot(bed.workers[variant], variant, { workload, truth, durationMs: 200 })).requests;
      }
    }
  }
}

/** Runs all variants in turns, in another order each round, so that a slow moment of the machine meets them all. */
export async function measureWorkload(bed: TestBed, workload: Workload, pace: Pace): Promise<WorkloadFigures> {
  const truth = await bed.prepare(workload);
  const { variants } = workload;
  for (const variant of variants) {
    await runSlot(bed.workers[variant], variant, { workload, truth, durationMs: pace.warmUpMs });
  }
  const slots = new Map<Variant, Slot[]>(variants.map((variant) => [variant, []]));
  for (let round = 0; round < pace.rounds; round += 1) {
    for (const position of variants.keys()) {
      const variant = variants[(position + round) % variants.length] ?? "pass-through";
      const slot = await runSlot(bed.workers[variant], variant, { workload, truth, durationMs: pace.slotMs });
      slots.get(variant)?.push(slot);
    }
  }
  const base = slots.get("pass-through") ?? [];
  return {
    id: workload.id,
    title: workload.title,
    events: workload.upstream.form === "json" ? 0 : workload.upstream.size * workload.choices,
    choices: workload.choices,
    variants: variants.map((variant) => toFigures(variant, slots.get(variant) ?? [], base, workload.choices)),
  };
}

function toFigures(variant: Variant, slots: readonly Slot[], base: readonly Slot[], choices: number): VariantFigures {
  const cpu = slots.flatMap(({ cpuMicroseconds }) => cpuMicroseconds ?? []);
  const calls = variant === "pass-through" ? 1 : choices;
  const ratios = slots.flatMap(({ cpuMicroseconds }, round) => {
    const bare = base[round]?.cpuMicroseconds;
    return cpuMicroseconds === undefined || bare === undefined ? [] : cpuMicroseconds / (bare * calls);
  });
  const latencies = slots.flatMap((slot) => slot.latencies).toSorted((a, b) => a - b);
  const requests = slots.reduce((sum, slot) => sum + slot.requests, 0);
  return {
    variant,
    requests,
    cpuMicroseconds: toSpread(cpu),
    ratio: toSpread(ratios),
    requestsPerSecond: requests / slots.reduce((sum, slot) => sum + slot.seconds, 0),
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
  };
}
