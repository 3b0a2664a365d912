import type { RateLimit } from "../openai/rate-limit-headers.ts";

/**
 * Limits a minute. What happened is counted by the second, and a second counts for 60 of them: whatever 60 seconds one
 * looks at, the limit holds, which windows that begin with the minute do not give.
 */

const WINDOW_SECONDS = 60;

/** What began in one second. */
export interface SecondCount {
  /** Unix time. */
  readonly second: number;
  readonly requests: number;
  /** Of requests under way what they were expected to use, of others what they used. */
  readonly tokens: number;
}

/** The first second that still counts. */
export function toWindowStart(now: number): number {
  return Math.floor(now / 1000) - WINDOW_SECONDS + 1;
}

export function toLimitState(
  limit: number,
  seconds: readonly SecondCount[],
  count: "requests" | "tokens",
  now: number,
): RateLimit {
  let used = 0;
  let last = 0;
  for (const each of seconds) {
    used += each[count];
    if (each[count] > 0) last = Math.max(last, each.second);
  }
  const resetMs = used === 0 ? 0 : Math.max(0, (last + WINDOW_SECONDS) * 1000 - now);
  return { limit, remaining: Math.max(0, limit - used), resetMs };
}

/**
 * Milliseconds until `wanted` more fit under the limit, if nothing else begins; 0 where they fit now, `undefined` where
 * they never do. `seconds` are those that count, in their order.
 */
export function toWait(
  limit: number,
  wanted: number,
  seconds: readonly SecondCount[],
  count: "requests" | "tokens",
  now: number,
): number | undefined {
  if (wanted > limit) return undefined;
  let excess = wanted - limit;
  for (const each of seconds) excess += each[count];
  if (excess <= 0) return 0;
  for (const each of seconds) {
    excess -= each[count];
    if (excess <= 0) return Math.max(1, (each.second + WINDOW_SECONDS) * 1000 - now);
  }
  return undefined;
}
