import type { StreamOutcome } from "./options.ts";

export interface StreamBodyOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds before the first chunk, and between any two. */
  readonly firstDelayMs?: number | undefined;
  readonly delayMs?: number | undefined;
  readonly onEnd?: ((outcome: StreamOutcome) => void) | undefined;
}

/** What a source of chunks may do besides giving one: wait, break the connection, or never go on. */
export type StreamStep =
  | string
  | Uint8Array
  | { readonly waitMs: number }
  | { readonly breakWith: Error }
  | { readonly stall: true };

/**
 * A body that is made as it is read: nothing is generated that nobody has asked for, and a reader that cancels, or a
 * signal that aborts, ends the generation.
 */
export function createStreamBody(
  steps: Iterator<StreamStep, unknown>,
  options: StreamBodyOptions = {},
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let ended = false;
  let first = true;
  let wake: (() => void) | undefined;

  const end = (outcome: StreamOutcome) => {
    if (ended) return;
    ended = true;
    options.signal?.removeEventListener("abort", wakeUp);
    wake?.();
    steps.return?.();
    options.onEnd?.(outcome);
  };
  const wakeUp = () => wake?.();
  // Without a time limit the pause lasts until the reader cancels or the signal aborts.
  const pause = (milliseconds: number | undefined) =>
    new Promise<void>((resolve) => {
      const timer = milliseconds === undefined ? undefined : setTimeout(resolve, milliseconds);
      wake = () => {
        if (timer !== undefined) clearTimeout(timer);
        resolve();
      };
    });
  const failed = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    if (options.signal?.aborted !== true || ended) return ended;
    controller.error(options.signal.reason);
    end("cancelled");
    return true;
  };

  options.signal?.addEventListener("abort", wakeUp);
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const delay = first ? options.firstDelayMs : options.delayMs;
        first = false;
        if (delay !== undefined && delay > 0) await pause(delay);
        while (!failed(controller)) {
          const { done, value } = steps.next();
          if (done === true) {
            controller.close();
            return end("completed");
          }
          if (typeof value === "string" || value instanceof Uint8Array) {
            controller.enqueue(typeof value === "string" ? encoder.encode(value) : value);
            return;
          }
          if ("breakWith" in value) {
            controller.error(value.breakWith);
            return end("failed");
          }
          await pause("waitMs" in value ? value.waitMs : undefined);
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
