import type { CompletionEvent, CompletionStream } from "../completion/event.ts";
import { GatewayError } from "../errors.ts";
import { isRecord, parseJson } from "../json.ts";
import { createSseDecoder } from "../stream/sse-decoder.ts";
import { createFrameDecoder } from "./frame-decoder.ts";
import type { FrameDecoderOptions } from "./frame-decoder.ts";

/** An unstreamed answer is held whole. 128 MB is all the memory there is, for every request of the isolate. */
const MAX_JSON_BYTES = 16 * 1024 * 1024;

const OPENING_BRACE = 0x7b;

/**
 * Reads a 2xx answer of Workers AI as a completion.
 *
 * Whether it is JSON or an event stream is seen from its first byte: models answer JSON where a stream was asked and a
 * stream where JSON was asked, and the content type comes with parameters, in capitals, or not at all.
 */
export function readAnswer(body: ReadableStream<Uint8Array>, options: FrameDecoderOptions): CompletionStream {
  const reader = body.getReader();
  const decoder = createFrameDecoder(options);
  const sse = createSseDecoder();
  let json: Uint8Array[] | undefined;
  let jsonBytes = 0;
  let hasBegun = false;
  /** `[DONE]` was read: nothing that follows it counts. */
  let isDone = false;
  /** The last events are out. */
  let isEnded = false;
  /** A failure behind events of the same chunk: those are delivered first, as they would be in a chunk of their own. */
  let failure: unknown;

  function takeRecord(data: Uint8Array, events: CompletionEvent[]): void {
    const text = decodeUtf8(data).trim();
    if (text === "[DONE]") {
      decoder.markDone();
      isDone = true;
    } else if (text.startsWith("{")) {
      events.push(...decoder.decode(parseFrame(text), false));
    }
    // Data that never was an event of the protocol says nothing; a stream that lost one still has to finish properly.
  }

  function takeChunk(chunk: Uint8Array, events: CompletionEvent[]): void {
    let rest = chunk;
    if (!hasBegun) {
      rest = skipPadding(chunk);
      if (rest.length === 0) return;
      hasBegun = true;
      if (rest[0] === OPENING_BRACE) json = [];
    }
    if (json === undefined) {
      for (const data of sse.feed(rest)) {
        if (isDone) return;
        takeRecord(data, events);
      }
      return;
    }
    jsonBytes += rest.length;
    if (jsonBytes > MAX_JSON_BYTES)
      throw new GatewayError("upstream_failed", "Workers AI sent an answer that is too long.");
    json.push(rest);
  }

  /** The body is over: what is still held is taken, and the decoder says whether the answer was complete. */
  function takeEnd(events: CompletionEvent[]): void {
    if (json !== undefined) events.push(...decoder.decode(parseFrame(decodeUtf8(concatenate(json, jsonBytes))), true));
    else if (!isDone) for (const data of sse.end()) takeRecord(data, events);
    events.push(...decoder.end());
  }

  async function next(): Promise<readonly CompletionEvent[] | undefined> {
    const events: CompletionEvent[] = [];
    while (events.length === 0) {
      if (failure !== undefined) throw failure;
      if (isEnded) return undefined;
      const { done, value } = await readChunk();
      try {
        if (!done) takeChunk(value, events);
        if (done || isDone) {
          isEnded = true;
          takeEnd(events);
        }
      } catch (error) {
        failure = error;
      }
      // Whatever follows `[DONE]` or a failure is not read; the connection is given back.
      if (isEnded || failure !== undefined) cancel();
    }
    return events;
  }

  async function readChunk(): Promise<ReadableStreamReadResult<Uint8Array>> {
    try {
      return await reader.read();
    } catch (error) {
      // A connection that drops after the finish took nothing from the answer.
      if (decoder.isFinished) return { done: true, value: undefined };
      const message = "The connection to Workers AI was lost before the answer was complete.";
      throw new GatewayError("upstream_failed", message, { retryable: true, cause: error });
    }
  }

  function cancel(reason?: unknown): void {
    // A body that has failed rejects its cancellation with the same failure; it has been reported by the read.
    reader.cancel(reason).catch(() => undefined);
  }

  return { next, cancel };
}

function parseFrame(text: string): Record<string, unknown> {
  const value = parseJson(text);
  if (isRecord(value)) return value;
  throw new GatewayError("upstream_failed", "Workers AI sent an answer that is damaged.", { retryable: true });
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    // Fatal: a damaged character fails the answer; it does not become a replacement character in somebody's text.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch (error) {
    throw new GatewayError("upstream_failed", "Workers AI sent an answer that is damaged.", {
      retryable: true,
      cause: error,
    });
  }
}

/** White space and the bytes of a byte order mark, neither of which says anything of the shape. */
function skipPadding(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte > 0x20 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf);
  return start === -1 ? new Uint8Array(0) : bytes.subarray(start);
}

function concatenate(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}
