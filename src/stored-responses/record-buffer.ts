/** The part of a clock that this needs; the gateway's own satisfies it. */
export interface Timers {
  now(): number;
  after(milliseconds: number, callback: () => void): () => void;
}

/** Gathers the records of a stream into fewer writes. */
export interface RecordBuffer {
  append(records: string): void;
  /** Hands over what is still held. */
  flush(): void;
}

/** A token every ten milliseconds would be a row of SQL each; a reader who watches does not see the difference. */
const GATHER_MS = 100;

/** What is held at most, in characters. */
const MOST_HELD = 64 * 1024;

export function createRecordBuffer(write: (records: string) => void, timers: Timers): RecordBuffer {
  let held = "";
  let stopTimer: (() => void) | undefined;

  function flush(): void {
    stopTimer?.();
    stopTimer = undefined;
    const records = held;
    held = "";
    if (records !== "") write(records);
  }

  return {
    append(records) {
      held += records;
      if (held.length > MOST_HELD) flush();
      else stopTimer ??= timers.after(GATHER_MS, flush);
    },
    flush,
  };
}
