import type { CompletionEvent, CompletionStream } from "../completion/event.ts";
import { GatewayError } from "../errors.ts";
import { createChunkReader } from "../stream/chunk-reader.ts";
import { later, readFrom, toSource } from "../stream/source.ts";
import { createAnswerDecoder } from "./answer-decoder.ts";
import type { FrameDecoderOptions } from "./frame-decoder.ts";

type Batch = readonly CompletionEvent[];

/** Reads a 2xx answer of Workers AI, of whatever shape, as a completion. */
export function readAnswer(body: ReadableStream<Uint8Array>, options: FrameDecoderOptions): CompletionStream {
  const reader = createChunkReader(body);
  const decoder = createAnswerDecoder(options);
  /** The last events are out. */
  let isEnded = false;
  /** A failure behind events of the same chunk: those are delivered first, as they would be in a chunk of their own. */
  let failure: { readonly error: unknown } | undefined;
  let deliver: (batch: Batch | undefined) => void;
  let fail: (error: unknown) => void;

  function decode(chunk: Uint8Array | undefined, events: CompletionEvent[]): void {
    try {
      if (chunk !== undefined) decoder.feed(chunk, events);
      if (chunk !== undefined && !decoder.isDone()) return;
      isEnded = true;
      decoder.end(events);
    } catch (error) {
      failure = { error };
    }
    // Whatever follows `[DONE]` or a failure is not read; the connection is given back.
    if (chunk !== undefined) reader.cancel();
  }

  function take(chunk: Uint8Array | undefined): void {
    const events: CompletionEvent[] = [];
    decode(chunk, events);
    if (events.length > 0) deliver(events);
    else readOn();
  }

  /** Past chunks that say nothing. */
  function readOn(): void {
    if (failure !== undefined) fail(failure.error);
    else if (isEnded) deliver(undefined);
    else readFrom(reader, take, lose);
  }

  /** A connection that drops after the finish took nothing from the answer: that is its end. */
  function lose(error: unknown): void {
    if (decoder.isFinished()) take(undefined);
    else fail(connectionLostError(error));
  }

  return toSource(
    (takeBatch, failBatch) => {
      deliver = takeBatch;
      fail = failBatch;
      if (failure === undefined && !isEnded) readOn();
      else later(readOn);
    },
    (reason) => reader.cancel(reason),
  );
}

export function connectionLostError(cause: unknown): GatewayError {
  const message = "The connection to Workers AI was lost before the answer was complete.";
  return new GatewayError("upstream_failed", message, { retryable: true, cause });
}
