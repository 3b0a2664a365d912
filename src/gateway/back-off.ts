import type { GatewayError } from "../errors.ts";
import type { Ports } from "./ports.ts";

export interface BackOff {
  /** 1 before the second round of attempts, 2 before the third, and so on. */
  readonly round: number;
  readonly failure: GatewayError;
  /** The clock's time at which the whole request is over. */
  readonly deadline: number;
  readonly signal: AbortSignal;
}

const BASE_MS = 250;
const MOST_MS = 4000;

/** An upstream that asks for more time than this is answered to the client, who can wait better than we can. */
const LONGEST_RETRY_AFTER_MS = 5000;

/**
 * Waits before a further round: a random part of a time that doubles (full jitter, so that many waiting requests do
 * not come back at once), or as long as the upstream asked. False, at once, where the wait would be in vain.
 */
export async function backOff(
  { round, failure, deadline, signal }: BackOff,
  { clock, random }: Ports,
): Promise<boolean> {
  const asked = failure.retryAfterSeconds === undefined ? 0 : failure.retryAfterSeconds * 1000;
  if (asked > LONGEST_RETRY_AFTER_MS) return false;
  const wait = Math.max(asked, random() * Math.min(MOST_MS, BASE_MS * 2 ** round));
  if (signal.aborted || clock.now() + wait >= deadline) return false;
  return new Promise((resolve) => {
    const stop = clock.after(wait, () => settle(true));
    const onAbort = (): void => settle(false);
    function settle(isWorthIt: boolean): void {
      stop();
      signal.removeEventListener("abort", onAbort);
      resolve(isWorthIt);
    }
    signal.addEventListener("abort", onAbort);
  });
}
