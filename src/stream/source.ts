/** Something in flight, in pieces: chunks of bytes, batches of events. */
export interface Source<Item> {
  /** The next piece, or `undefined` at the end. Rejects where the source fails. */
  next(): Promise<Item | undefined>;
  /** The same with callbacks. Not every source has it: `readFrom` knows. */
  readonly read?: Read<Item>;
  /** Stops the source, also while a read is pending. Idempotent; never throws. */
  cancel(reason?: unknown): void;
}

/**
 * Calls one of the two back, once, and later: never before it returns, or a source of many pieces that are there would
 * fill the stack. They must not throw.
 */
export type Read<Item> = (take: (item: Item | undefined) => void, fail: (error: unknown) => void) => void;

/**
 * Reads the next piece for a stage that every token passes. Each promise between the network's chunk and the write is
 * half a µs a token, with what it leaves to the collector; of eight stages in a row only the first needs one.
 */
export function readFrom<Item>(
  source: Source<Item>,
  take: (item: Item | undefined) => void,
  fail: (error: unknown) => void,
): void {
  if (source.read === undefined) source.next().then(take, fail);
  else source.read(take, fail);
}

/** A source that is written with callbacks. */
export function toSource<Item>(read: Read<Item>, cancel: (reason?: unknown) => void): Source<Item> {
  return { next: () => new Promise(read), read, cancel };
}

/** Takes a step behind its caller. A promise's reaction is a tenth of what the runtime's `queueMicrotask` costs, which is 6 µs. */
export function later(step: () => void): void {
  void nothing.then(step);
}

const nothing = Promise.resolve();
