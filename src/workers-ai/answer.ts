import type { CompletionEvent, CompletionStream } from "../completion/event.ts";
import { GatewayError } from "../errors.ts";
import { createChunkReader } from "../stream/chunk-reader.ts";
import { createAnswerDecoder } from "./answer-decoder.ts";
import type { FrameDecoderOptions } from "./frame-decoder.ts";

type Batch = readonly CompletionEvent[] | undefined;

/** Reads a 2xx answer of Workers AI, of whatever shape, as a completion. */
export function readAnswer(body: ReadableStream<Uint8Array>, options: FrameDecoderOptions): CompletionStream {
  const reader = createChunkReader(body);
  const decoder = createAnswerDecoder(options);
  /** The last events are out. */
  let isEnded = false;
  /** A failure behind events of the same chunk: those are delivered first, as they would be in a chunk of their own. */
  let failure: { readonly error: unknown } | undefined;

  function decode(chunk: Uint8Array | undefined, events: CompletionEvent[]): void {
    try {
      if (chunk !== undefined) decoder.feed(chunk, events);
      if (chunk !== undefined && !decoder.isDone) return;
      isEnded = true;
      decoder.end(events);
    } catch (error) {
      failure = { error };
    }
    // Whatever follows `[DONE]` or a failure is not read; the connection is given back.
    reader.cancel();
  }

  function take(chunk: Uint8Array | undefined): Batch | Promise<Batch> {
    const events: CompletionEvent[] = [];
    decode(chunk, events);
    return events.length > 0 ? events : readOn();
  }

  /** A connection that drops after the finish took nothing from the answer: that is its end. */
  function lose(error: unknown): undefined {
    if (!decoder.isFinished) throw connectionLostError(error);
  }

  /** Past chunks that say nothing. */
  async function readOn(): Promise<Batch> {
    const events: CompletionEvent[] = [];
    while (events.length === 0) {
      if (failure !== undefined) throw failure.error;
      if (isEnded) return undefined;
      decode(await reader.read().catch(lose), events);
    }
    return events;
  }

  /** Not async: this runs for every token of every stream, and each promise in between costs it a third of a µs. */
  function next(): Promise<Batch> {
    return failure === undefined && !isEnded ? reader.read().then(take, (error) => take(lose(error))) : readOn();
  }

  return { next, cancel: (reason) => reader.cancel(reason) };
}

export function connectionLostError(cause: unknown): GatewayError {
  const message = "The connection to Workers AI was lost before the answer was complete.";
  return new GatewayError("upstream_failed", message, { retryable: true, cause });
}
