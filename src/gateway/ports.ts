import type { Estimate } from "../keys/ledger.ts";
import type { AiBinding } from "../workers-ai/binding.ts";
import type { CallMeter } from "./meter.ts";

/** What the gateway needs of the world outside; tests put their own in its place. */
export interface Ports {
  readonly binding: AiBinding;
  readonly clock: Clock;
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number;
  readonly mintToolCallId: () => string;
  /** Counts what the calls of a request use; absent where nobody wants to know. */
  readonly meter?: CallMeter;
  /**
   * Asked once, before the first upstream call, whether the caller has room for what the order is expected to use;
   * rejects where it has not. `model` is the one that is tried first. Absent where the caller has no limits.
   */
  readonly admit?: ((model: string, estimate: Estimate) => Promise<void>) | undefined;
}

export interface Clock {
  /** Milliseconds; only differences mean anything. */
  now(): number;
  /** Calls back once after `milliseconds`, unless the returned function is called before. */
  after(milliseconds: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};
