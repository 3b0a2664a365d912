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
  return {
    async next() {
      const events: CompletionEvent[] = [];
      while (events.length === 0) {
        if (isOver) return undefined;
        const batch = await stream.next();
        if (batch === undefined) return undefined;
        try {
          transform.take(batch, events);
        } catch (error) {
          // Nobody reads on after a failure, and below this stage nobody knows of it.
          stream.cancel(error);
          throw error;
        }
        isOver = transform.isOver?.() ?? false;
        if (isOver) stream.cancel("the answer is over");
      }
      return events;
    },
    cancel: (reason) => stream.cancel(reason),
  };
}
