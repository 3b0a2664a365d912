/** A clock that stands still until a test moves it. */
export interface ManualClock {
  now(): number;
  after(milliseconds: number, callback: () => void): () => void;
  /** Moves the time on and calls back, in order, whatever falls due. */
  advance(milliseconds: number): void;
  /** Timers that are set now. */
  readonly timers: number;
  /** Timers that were ever set. */
  readonly timersSet: number;
}

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

export function createManualClock(): ManualClock {
  let time = 0;
  let timersSet = 0;
  const timers = new Set<Timer>();
  return {
    now: () => time,
    after(milliseconds, callback) {
      const timer = { at: time + milliseconds, callback };
      timers.add(timer);
      timersSet += 1;
      return () => {
        timers.delete(timer);
      };
    },
    advance(milliseconds) {
      const end = time + milliseconds;
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= end).toSorted((first, second) => first.at - second.at);
        if (next === undefined) break;
        timers.delete(next);
        time = Math.max(time, next.at);
        next.callback();
      }
      time = end;
    },
    get timers() {
      return timers.size;
    },
    get timersSet() {
      return timersSet;
    },
  };
}
