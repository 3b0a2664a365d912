import type { TextSource } from "./byte-stream.ts";
import { later, readFrom, toSource } from "./source.ts";
import type { Source } from "./source.ts";

/** The part of a clock that this needs; the gateway's own satisfies it. */
interface Timers {
  now(): number;
  after(milliseconds: number, callback: () => void): () => void;
}

export interface TextPiece {
  readonly text: string;
  /** The piece is waited for: it and all before it leave at once. */
  readonly isUrgent: boolean;
}

/** Where the pieces of a stream come from. It never fails: a source ends its text itself then. */
export type PieceSource = Source<TextPiece>;

/** What is merged at most, in characters: a reader that comes late is not made to hold more. */
const MOST_MERGED = 64 * 1024;

/**
 * Merges the pieces of a fast stream into fewer writes. A write costs four times what a read does, so pieces that come
 * within the window after the last write wait for its end and leave as one; the first piece, an urgent one and the end
 * never wait. A stream that is slower than the window is not touched.
 *
 * Written with callbacks, of which none is made for a piece: a promise and the wait for it for each token are a third of
 * a µs, and there were three. One timer serves all the pieces of a window.
 */
export function withMergeWindow(source: PieceSource, windowMs: number, clock: Timers): TextSource {
  let merged: string[] = [];
  let mergedLength = 0;
  /** What is merged must not wait. */
  let isDue = false;
  let isReading = false;
  let isEnded = false;
  let lastWriteAt = Number.NEGATIVE_INFINITY;
  let stopTimer: (() => void) | undefined;
  /** Takes the next write; set while there is somebody to take it. */
  let write: ((texts: readonly string[] | undefined) => void) | undefined;

  function read(): void {
    if (isReading) return;
    isReading = true;
    readFrom(source, take, end);
  }

  function take(piece: TextPiece | undefined): void {
    isReading = false;
    if (piece === undefined) {
      isEnded = true;
      isDue = true;
    } else {
      merged.push(piece.text);
      mergedLength += piece.text.length;
      isDue ||= piece.isUrgent || mergedLength >= MOST_MERGED;
    }
    proceed();
  }

  function end(): void {
    take(undefined);
  }

  /** Writes what there is, unless it may wait for more. */
  function proceed(): void {
    if (write === undefined) return;
    if (merged.length === 0 && !isEnded) {
      read();
      return;
    }
    if (!isDue && stopTimer === undefined) {
      const left = lastWriteAt + windowMs - clock.now();
      isDue = left <= 0;
      if (!isDue) stopTimer = clock.after(left, flush);
    }
    if (isDue) flush();
    else read();
  }

  function flush(): void {
    stopTimer?.();
    stopTimer = undefined;
    const texts = merged.length === 0 ? undefined : merged;
    merged = [];
    mergedLength = 0;
    isDue = isEnded;
    lastWriteAt = clock.now();
    const deliver = write;
    write = undefined;
    deliver?.(texts);
  }

  return toSource(
    (takeTexts) => {
      write = takeTexts;
      if (merged.length > 0 || isEnded) later(proceed);
      else read();
    },
    (reason) => {
      flush();
      source.cancel(reason);
    },
  );
}
