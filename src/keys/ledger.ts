import type { RateLimits } from "../openai/rate-limit-headers.ts";
import { parseDuration } from "./duration.ts";
import type { KeySettings } from "./key-settings.ts";
import { toLimitState, toWait } from "./rate-window.ts";
import type { SecondCount } from "./rate-window.ts";

/** What a request is expected to use, at the most where its answer has a limit. */
export interface Estimate {
  readonly tokens: number;
  /** US dollars; `undefined` where the model's price is not known. */
  readonly dollars: number | undefined;
}

/** What a key has used, and what its requests under way may still use. */
export interface Standing {
  readonly spend: number;
  /** The seconds that count, in their order. */
  readonly seconds: readonly SecondCount[];
  readonly open: { readonly requests: number; readonly dollars: number };
}

export type LimitName = "rpm" | "tpm" | "max_parallel_requests" | "max_budget";

export interface Refusal {
  /** The limit that the request would pass; `price` where a budget cannot be held because a price is not known. */
  readonly by: LimitName | "price";
  readonly limit: number;
  readonly used: number;
  /** Milliseconds after which the same request may be let through; `undefined` where waiting does not help. */
  readonly waitMs: number | undefined;
}

type Limits = Pick<KeySettings, "rpm" | "tpm" | "max_parallel_requests" | "max_budget">;

/** A request under way ends when it ends; this is when it is worth asking again. */
const PARALLEL_WAIT_MS = 1000;

/**
 * Whether a request fits under all limits of its key beside what was used and what is under way; `undefined` where it
 * does. What is under way counts as if it were used as expected, so that requests at one time cannot pass a limit by
 * more than what each was expected to use too little.
 */
export function findRefusal(
  limits: Limits,
  standing: Standing,
  estimate: Estimate,
  budgetEnds: number | null,
  now: number,
): Refusal | undefined {
  return (
    checkBudget(limits.max_budget, standing, estimate, budgetEnds, now) ??
    checkParallel(limits.max_parallel_requests, standing) ??
    checkWindow("rpm", limits.rpm, 1, standing, now) ??
    checkWindow("tpm", limits.tpm, estimate.tokens, standing, now)
  );
}

function checkBudget(
  limit: number | null,
  { spend, open }: Standing,
  { dollars }: Estimate,
  budgetEnds: number | null,
  now: number,
): Refusal | undefined {
  if (limit === null) return undefined;
  if (dollars === undefined) return { by: "price", limit, used: spend, waitMs: undefined };
  if (spend + open.dollars + dollars <= limit && spend < limit) return undefined;
  // Only requests under way stand in its way: what they leave of their estimates may be enough.
  const isHeldUp = spend + dollars <= limit && spend < limit;
  const untilReset = budgetEnds === null ? undefined : Math.max(1, budgetEnds - now);
  return { by: "max_budget", limit, used: spend + open.dollars, waitMs: isHeldUp ? PARALLEL_WAIT_MS : untilReset };
}

function checkParallel(limit: number | null, { open }: Standing): Refusal | undefined {
  if (limit === null || open.requests < limit) return undefined;
  return { by: "max_parallel_requests", limit, used: open.requests, waitMs: PARALLEL_WAIT_MS };
}

function checkWindow(
  by: "rpm" | "tpm",
  limit: number | null,
  wanted: number,
  { seconds }: Standing,
  now: number,
): Refusal | undefined {
  if (limit === null) return undefined;
  const count = by === "rpm" ? "requests" : "tokens";
  const waitMs = toWait(limit, wanted, seconds, count, now);
  if (waitMs === 0) return undefined;
  return { by, limit, used: limit - toLimitState(limit, seconds, count, now).remaining, waitMs };
}

export function toLimitStates({ rpm, tpm }: Limits, seconds: readonly SecondCount[], now: number): RateLimits {
  return {
    requests: rpm === null ? undefined : toLimitState(rpm, seconds, "requests", now),
    tokens: tpm === null ? undefined : toLimitState(tpm, seconds, "tokens", now),
  };
}

/** When the budget of a key begins anew: the first end of a `budget_duration` after now, counted from `from`. */
export function toBudgetEnd(duration: string | null, from: number, now: number): number | null {
  const length = duration === null ? undefined : parseDuration(duration);
  if (length === undefined) return null;
  return from + length * (Math.floor(Math.max(0, now - from) / length) + 1);
}
