import type { TextSource } from "./byte-stream.ts";

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

/** Where the pieces of a stream come from. */
export interface PieceSource {
  /** The next piece, or `undefined` at the end. Never rejects: a source ends its text itself when it fails. */
  pull(): Promise<TextPiece | undefined>;
  cancel(reason: unknown): void;
}

/** What is merged at most, in characters: a reader that comes late is not made to hold more. */
const MOST_MERGED = 64 * 1024;

/**
 * Merges the pieces of a fast stream into fewer writes. A write costs four times what a read does, so pieces that come
 * within the window after the last write wait for its end and leave as one; the first piece, an urgent one and the end
 * never wait. A stream that is slower than the window is not touched.
 */
export function withMergeWindow(source: PieceSource, windowMs: number, clock: Timers): TextSource {
  /** A read whose piece nobody has taken yet. */
  let pending: Promise<TextPiece | undefined> | undefined;
  let lastWriteAt = Number.NEGATIVE_INFINITY;
  let isEnded = false;
  let merged = "";
  /** Ends the wait for a further piece; set while there is one. */
  let wake: (() => void) | undefined;

  /** The next piece, or `null` where the window ends first; the piece is then the first of the next write. */
  function nextInWindow(): Promise<TextPiece | undefined | null> {
    return new Promise((resolve, reject) => {
      wake = () => resolve(null);
      pending ??= source.pull();
      pending.then(resolve, reject);
    });
  }

  function take(piece: TextPiece | undefined): void {
    pending = undefined;
    if (piece === undefined) isEnded = true;
    else merged += piece.text;
  }

  /** Takes what comes until the window is over. One timer serves all the pieces of a window. */
  async function fill(left: number): Promise<void> {
    // Kept beside the wake-up: the timer may fire when nobody waits, between two pieces.
    const window = { isOver: false };
    const stop = clock.after(left, () => {
      window.isOver = true;
      wake?.();
    });
    while (!window.isOver && merged.length < MOST_MERGED) {
      const piece = await nextInWindow();
      if (piece === null) break;
      take(piece);
      if (piece === undefined || piece.isUrgent) break;
    }
    stop();
    wake = undefined;
  }

  return {
    async pull() {
      if (isEnded) return undefined;
      const first = await (pending ?? source.pull());
      take(first);
      const left = lastWriteAt + windowMs - clock.now();
      if (first !== undefined && !first.isUrgent && left > 0) await fill(left);
      const text = merged;
      merged = "";
      lastWriteAt = clock.now();
      return text === "" ? undefined : text;
    },
    cancel(reason) {
      wake?.();
      source.cancel(reason);
    },
  };
}
