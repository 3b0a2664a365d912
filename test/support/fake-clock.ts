import type { Clock } from "../../src/gateway/ports.ts";

export interface FakeClock extends Clock {
  /** Moves on, firing what falls due in its order, and lets everything that is woken run to its next wait. */
  advance(milliseconds: number): Promise<void>;
  /** Timers that are set. */
  readonly pending: number;
  /** Timers that were ever set. */
  readonly timersSet: number;
}

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

export function createFakeClock(): FakeClock {
  const timers = new Set<Timer>();
  let timersSet = 0;
  // Any beginning will do: only differences mean anything.
  let time = 1_000_000;

  function nextDue(until: number): Timer | undefined {
    const due = [...timers].filter(({ at }) => at <= until);
    return due.toSorted((first, second) => first.at - second.at)[0];
  }

  return {
    now: () => time,
    after(milliseconds, callback) {
      const timer = { at: time + milliseconds, callback };
      timers.add(timer);
      timersSet += 1;
      return () => timers.delete(timer);
    },
    async advance(milliseconds) {
      const until = time + milliseconds;
      await settle();
      for (let timer = nextDue(until); timer !== undefined; timer = nextDue(until)) {
        timers.delete(timer);
        time = Math.max(time, timer.at);
        timer.callback();
        await settle();
      }
      time = until;
    },
    get pending() {
      return timers.size;
    },
    get timersSet() {
      return timersSet;
    },
  };
}

/** Waits until promises and streams that can go on have gone on. Streams take a few turns of the event loop. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
}
