import type { StreamOutcome } from "./options.ts";

export interface StreamBodyOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds before the first chunk, and between any two. */
  readonly firstDelayMs?: number | undefined;
  readonly delayMs?: number | undefined;
  readonly onEnd?: ((outcome: StreamOutcome) => void) | undefined;
}

/** What a source of chunks may do besides giving one: wait, break the connection, or never go on. */
export type StreamStep = string | Uint8Array | Pending | { readonly breakWith: Error };

/** Ask again once the promise has settled, or so many milliseconds have passed, or never. */
export type Pending = { readonly until: Promise<unknown> } | { readonly waitMs: number } | { readonly stall: true };

/**
 * A body that is made as it is read: nothing is generated that nobody has asked for, and a reader that cancels, or a
 * signal that aborts, ends the generation at once.
 */
export function createStreamBody(
  steps: Iterator<StreamStep, unknown>,
  { signal, firstDelayMs = 0, delayMs = 0, onEnd }: StreamBodyOptions = {},
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let ended = false;
  let delay = firstDelayMs;
  let stopWaiting: (() => void) | undefined;
  let abort: (() => void) | undefined;

  const end = (outcome: StreamOutcome) => {
    if (ended) return;
    ended = true;
    if (abort !== undefined) signal?.removeEventListener("abort", abort);
    stopWaiting?.();
    steps.return?.();
    onEnd?.(outcome);
  };
  const wait = (pending: Pending) =>
    new Promise<void>((resolve) => {
      const timer = "waitMs" in pending ? setTimeout(resolve, pending.waitMs) : undefined;
      stopWaiting = () => {
        if (timer !== undefined) clearTimeout(timer);
        resolve();
      };
      if ("until" in pending)
        pending.until.then(
          () => resolve(),
          () => resolve(),
        );
    });

  return new ReadableStream<Uint8Array>(
    {
      start() {
        // The generation ends at once; the reader learns of it from its pending or next read. An error here and now
        // would make a `cancel` that comes with the abort reject.
        abort = () => end("cancelled");
        if (signal?.aborted === true) abort();
        else signal?.addEventListener("abort", abort);
      },
      async pull(controller) {
        if (delay > 0) await wait({ waitMs: delay });
        delay = delayMs;
        for (;;) {
          if (ended) return controller.error(signal?.reason);
          const step = takeStep(steps);
          if (typeof step === "string" || step instanceof Uint8Array) {
            return controller.enqueue(typeof step === "string" ? encoder.encode(step) : step);
          }
          if (step === undefined) {
            controller.close();
            return end("completed");
          }
          if ("breakWith" in step) {
            controller.error(step.breakWith);
            return end("failed");
          }
          await wait(step);
        }
      },
      cancel() {
        end("cancelled");
      },
    },
    // Read ahead nothing: a test can then tell how far a reader has come.
    { highWaterMark: 0 },
  );
}

/** The next step; `undefined` after the last one. A source that throws breaks the connection. */
function takeStep(steps: Iterator<StreamStep, unknown>): StreamStep | undefined {
  try {
    const { done, value } = steps.next();
    return done === true ? undefined : value;
  } catch (error) {
    return { breakWith: error instanceof Error ? error : new Error(String(error)) };
  }
}
