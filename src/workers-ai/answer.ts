import type { CompletionEvent, CompletionStream } from "../completion/event.ts";
import { GatewayError } from "../errors.ts";
import { createAnswerDecoder } from "./answer-decoder.ts";
import type { FrameDecoderOptions } from "./frame-decoder.ts";

/** Reads a 2xx answer of Workers AI, of whatever shape, as a completion. */
export function readAnswer(body: ReadableStream<Uint8Array>, options: FrameDecoderOptions): CompletionStream {
  const reader = body.getReader();
  const decoder = createAnswerDecoder(options);
  /** The last events are out. */
  let isEnded = false;
  /** A failure behind events of the same chunk: those are delivered first, as they would be in a chunk of their own. */
  let failure: { readonly error: unknown } | undefined;

  async function readChunk(): Promise<Uint8Array | undefined> {
    try {
      const { done, value } = await reader.read();
      return done ? undefined : value;
    } catch (error) {
      // A connection that drops after the finish took nothing from the answer.
      if (decoder.isFinished) return undefined;
      throw connectionLostError(error);
    }
  }

  function take(chunk: Uint8Array | undefined, events: CompletionEvent[]): void {
    try {
      if (chunk !== undefined) decoder.feed(chunk, events);
      if (chunk !== undefined && !decoder.isDone) return;
      isEnded = true;
      decoder.end(events);
    } catch (error) {
      failure = { error };
    }
    // Whatever follows `[DONE]` or a failure is not read; the connection is given back.
    cancel();
  }

  function cancel(reason?: unknown): void {
    // A body that has failed rejects its cancellation with the same failure; it has been reported by the read.
    reader.cancel(reason).catch(() => undefined);
  }

  return {
    async next() {
      const events: CompletionEvent[] = [];
      while (events.length === 0) {
        if (failure !== undefined) throw failure.error;
        if (isEnded) return undefined;
        take(await readChunk(), events);
      }
      return events;
    },
    cancel,
  };
}

export function connectionLostError(cause: unknown): GatewayError {
  const message = "The connection to Workers AI was lost before the answer was complete.";
  return new GatewayError("upstream_failed", message, { retryable: true, cause });
}
