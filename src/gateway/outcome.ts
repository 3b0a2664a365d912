import type { Usage } from "../completion/event.ts";
import type { ErrorKind } from "../errors.ts";
import type { Cost, UnitCounts } from "../models/consumption.ts";

/** What became of a request for a model, told once, when it is over. Never a prompt, an answer or a key. */
export interface Outcome extends RequestLabels {
  /** The model that answered, or was tried last; `undefined` where none was called. */
  readonly model: string | undefined;
  readonly ending: Ending;
  /** What it failed with; `undefined` where it is complete, or where the client left. */
  readonly error: ErrorKind | undefined;
  /** Rounds of upstream calls. All choices of an answer are one round. */
  readonly attempts: number;
  /** The clock's time at which it began. */
  readonly startedAt: number;
  /** Milliseconds until the first events of the answer were there; `undefined` where they never were. */
  readonly firstEventMs: number | undefined;
  /** Milliseconds until it was over. */
  readonly totalMs: number;
  /** The tokens of all upstream calls, also of those whose answer was not good enough; `undefined` where none counts any. */
  readonly usage: Usage | undefined;
  readonly units: UnitCounts;
  /** Some of the counts are the gateway's own estimate: the upstream told none, or was not read to its end. */
  readonly isEstimated: boolean;
  /** Of everything that was used; `undefined` where a price is not known. */
  readonly cost: Cost | undefined;
}

/** What is known of a request before a model is asked. */
export interface RequestLabels {
  readonly requestId: string;
  /** The route that matched, not the URL: a URL is the caller's text. */
  readonly route: string;
  /** The name of a static key, the id of a managed one; `undefined` for a request without a key. */
  readonly key: string | undefined;
  readonly isStreamed: boolean;
}

/**
 * `complete`: the answer came to its end. `failed`: nothing was answered. `broken`: it failed after the answer had begun.
 * `left`: the client closed the request.
 */
export type Ending = "complete" | "failed" | "broken" | "left";

/** What is done with an outcome, behind the answer. */
export type OutcomeSink = (outcome: Outcome) => void | Promise<void>;

/** What a line in the log says of an outcome, flat. */
export function toOutcomeRecord({ ending, error, attempts, firstEventMs, totalMs, ...outcome }: Outcome) {
  const { usage, units, isEstimated, cost } = outcome;
  return {
    ending,
    error,
    attempts,
    firstEventMs,
    totalMs,
    promptTokens: usage?.promptTokens,
    cachedTokens: usage?.cachedTokens,
    completionTokens: usage?.completionTokens,
    ...units,
    isEstimated,
    dollars: cost?.dollars,
    neurons: cost?.neurons,
  };
}
