import type { CompletionEvent, CompletionStream } from "../completion/event.ts";
import { connectionLostError } from "./answer.ts";
import { createAnswerDecoder, MAX_JSON_BYTES, OPENING_BRACE, parseFrame } from "./answer-decoder.ts";
import type { OpenAnswer } from "./call.ts";
import { createFrameDecoder } from "./frame-decoder.ts";
import type { FrameDecoderOptions } from "./frame-decoder.ts";

/**
 * Whether the runtime may read an answer by itself: its end is known, and it is not longer than what is held of one
 * anyway. What an answer is, is not seen from its headers: one that calls itself JSON may be an event stream.
 */
export function isWholeAnswer(headers: Headers): boolean {
  const length = headers.get("content-length") ?? "";
  if (!/^[1-9]\d{0,15}$/.test(length) || Number(length) > MAX_JSON_BYTES) return false;
  return headers.get("content-type")?.startsWith("application/json") === true && !headers.has("content-encoding");
}

/**
 * Reads such an answer as a completion, all of its events in one batch.
 *
 * Two reads of a reader cost 100 µs of CPU more than this one does, which is a third of what it costs to pass a small
 * answer through.
 */
export function readWholeAnswer(answer: Pick<OpenAnswer, "readWhole">, options: FrameDecoderOptions): CompletionStream {
  /** A failure behind events of the same body: those are delivered first. */
  let failure: { readonly error: unknown } | undefined;
  let isRead = false;

  function decode(body: ArrayBuffer): readonly CompletionEvent[] {
    const events: CompletionEvent[] = [];
    try {
      addEvents(new Uint8Array(body), options, events);
    } catch (error) {
      if (events.length === 0) throw error;
      failure = { error };
    }
    return events;
  }

  return {
    async next() {
      if (failure !== undefined) throw failure.error;
      if (isRead) return undefined;
      isRead = true;
      const body = await answer.readWhole().catch((error: unknown) => {
        throw connectionLostError(error);
      });
      return decode(body);
    },
    // The body is read by the runtime: aborting the call ends that.
    cancel: () => undefined,
  };
}

/** JSON is what it mostly is: that needs no decoder of streams, and no copy of its bytes. */
function addEvents(bytes: Uint8Array, options: FrameDecoderOptions, events: CompletionEvent[]): void {
  if (bytes[0] === OPENING_BRACE) {
    const frames = createFrameDecoder(options);
    frames.decode(parseFrame(bytes), true, events);
    frames.end(events);
    return;
  }
  const decoder = createAnswerDecoder(options);
  decoder.feed(bytes, events);
  decoder.end(events);
}
