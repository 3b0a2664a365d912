import type { Clock } from "./ports.ts";

interface Waiting {
  readonly at: number;
  readonly callback: () => void;
}

/** The runtime's timer is set for so long at most: a wait that begins later and ends sooner mostly finds it set already. */
const MOST_MS = 15_000;

/**
 * A clock whose waits share one timer of the runtime, for the waits of one request that hardly ever end: its limits of
 * time, and its keep-alives. Setting and clearing one takes 10 µs of a request's CPU, and a stream had four.
 */
export function withSharedTimer(clock: Clock): Clock {
  const waiting = new Set<Waiting>();
  let timerAt = Number.POSITIVE_INFINITY;
  let stopTimer: (() => void) | undefined;

  function stop(): void {
    stopTimer?.();
    stopTimer = undefined;
    timerAt = Number.POSITIVE_INFINITY;
  }

  function watch(): void {
    let next = Number.POSITIVE_INFINITY;
    for (const { at } of waiting) next = Math.min(next, at);
    if (timerAt <= next) return;
    stop();
    const now = clock.now();
    timerAt = Math.min(next, now + MOST_MS);
    stopTimer = clock.after(Math.max(0, timerAt - now), fire);
  }

  function fire(): void {
    stopTimer = undefined;
    timerAt = Number.POSITIVE_INFINITY;
    const now = clock.now();
    for (const wait of [...waiting].filter(({ at }) => at <= now)) {
      // One that is called back may have ended another.
      if (waiting.delete(wait)) wait.callback();
    }
    if (waiting.size > 0) watch();
  }

  return {
    now: () => clock.now(),
    after(milliseconds, callback) {
      const wait = { at: clock.now() + milliseconds, callback };
      waiting.add(wait);
      watch();
      return () => {
        waiting.delete(wait);
        if (waiting.size === 0) stop();
      };
    },
  };
}
