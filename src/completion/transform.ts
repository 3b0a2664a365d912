import { later, readFrom, toSource } from "../stream/source.ts";
import type { CompletionEvent, CompletionStream } from "./event.ts";

/** A rewriting of a completion's events, as a function on batches: no stage of its own, and no promise per event. */
export interface EventTransform {
  /** Adds to `events` what becomes of this batch. */
  take(batch: readonly CompletionEvent[], events: CompletionEvent[]): void;
  /** Whether the completion is over although its upstream is not: the upstream is cancelled then. */
  isOver?(): boolean;
}

/** The stream with its events rewritten. Batches of which nothing is left are not passed on. */
export function transformEvents(stream: CompletionStream, transform: EventTransform): CompletionStream {
  let isOver = false;
  let deliver: (batch: readonly CompletionEvent[] | undefined) => void;
  let fail: (error: unknown) => void;

  function take(batch: readonly CompletionEvent[] | undefined): void {
    if (batch === undefined) return deliver(undefined);
    const events: CompletionEvent[] = [];
    try {
      transform.take(batch, events);
    } catch (error) {
      // Nobody reads on after a failure, and below this stage nobody knows of it.
      stream.cancel(error);
      return fail(error);
    }
    isOver = transform.isOver?.() ?? false;
    if (isOver) stream.cancel("the answer is over");
    if (events.length > 0) return deliver(events);
    return isOver ? deliver(undefined) : readFrom(stream, take, fail);
  }

  return toSource(
    (takeBatch, failBatch) => {
      deliver = takeBatch;
      fail = failBatch;
      if (isOver) later(() => takeBatch(undefined));
      else readFrom(stream, take, fail);
    },
    (reason) => stream.cancel(reason),
  );
}
