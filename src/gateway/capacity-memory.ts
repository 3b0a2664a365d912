import type { Clock } from "./ports.ts";

/**
 * Which models were out of capacity a moment ago. One isolate's memory, and a short one: it spares requests the wait
 * for a model that is known to refuse, where another can answer, and finds out soon when it answers again.
 */
export interface CapacityMemory {
  /** Whether a model is worth trying first. */
  isReady(model: string): boolean;
  /** A model is tried now. After its pause that is the one request that finds out; the others wait for what it finds. */
  reportAttempt(model: string): void;
  reportRefusal(model: string): void;
  reportAnswer(model: string): void;
}

interface Pause {
  /** The clock's time until which the model is left alone. */
  until: number;
  /** How often it has refused since it last answered. */
  refusals: number;
}

const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 60_000;

/** For how long the one request that probes a model keeps the others away. */
const PROBE_MS = 10_000;

export function createCapacityMemory(clock: Clock): CapacityMemory {
  const pauses = new Map<string, Pause>();
  return {
    isReady(model) {
      return clock.now() >= (pauses.get(model)?.until ?? Number.NEGATIVE_INFINITY);
    },
    reportAttempt(model) {
      const pause = pauses.get(model);
      if (pause !== undefined) pause.until = Math.max(pause.until, clock.now() + PROBE_MS);
    },
    reportRefusal(model) {
      const refusals = (pauses.get(model)?.refusals ?? 0) + 1;
      const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (refusals - 1));
      pauses.set(model, { until: clock.now() + pause, refusals });
    },
    reportAnswer(model) {
      pauses.delete(model);
    },
  };
}
