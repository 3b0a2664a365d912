import type { CompletionEvent } from "../completion/event.ts";
import { GatewayError } from "../errors.ts";
import { isRecord, parseJson } from "../json.ts";
import type { JsonRecord } from "../json.ts";
import { createByteBuffer } from "../stream/byte-buffer.ts";
import type { ByteBuffer } from "../stream/byte-buffer.ts";
import { createSseDecoder } from "../stream/sse-decoder.ts";
import { createCommonRecords } from "./common-records.ts";
import { createFrameDecoder } from "./frame-decoder.ts";
import type { FrameDecoderOptions } from "./frame-decoder.ts";
import { toErrorFromText } from "./upstream-error.ts";

/** An unstreamed answer is held whole. 128 MB is all the memory there is, for every request of the isolate. */
export const MAX_JSON_BYTES = 16 * 1024 * 1024;

const LINE_FEED = 0x0a;
export const OPENING_BRACE = 0x7b;

const LONG_RECORD_BYTES = 1024;

/** Fatal: a damaged character fails the answer; it does not become a replacement character in somebody's text. */
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });

/**
 * Turns the bytes of one answer into events, synchronously. What comes out depends on the bytes alone and not on how
 * the network has sliced them: events in front of a failure are added before it is thrown.
 */
export interface AnswerDecoder {
  /** Adds the events that this chunk completes. Throws a `GatewayError` where the answer failed. */
  feed(chunk: Uint8Array, events: CompletionEvent[]): void;
  /** Adds the last events; the body is over, or everything that counts of it has been read. Throws as `feed` does. */
  end(events: CompletionEvent[]): void;
  /** `[DONE]` was read: nothing that follows it counts. */
  isDone(): boolean;
  /** The answer is complete as far as it can be told; only its usage may be missing. */
  isFinished(): boolean;
}

/**
 * Whether the answer is JSON or an event stream is seen from its first byte.
 *
 * Quirk(all, gpt-oss, kimi-k2 and others, 2026-07): models answer JSON where a stream was asked and a stream where JSON
 * was asked, and the content type comes with parameters, in capitals, or not at all; it is not looked at; fixtures
 * native.json, native.sse.
 */
export function createAnswerDecoder(options: FrameDecoderOptions): AnswerDecoder {
  const frames = createFrameDecoder(options);
  const records = createSseDecoder();
  const common = createCommonRecords(frames, takeRecord);
  let json: ByteBuffer | undefined;
  let hasBegun = false;
  let isDone = false;

  function takeRecord(data: string, events: CompletionEvent[]): void {
    const text = data.trim();
    if (text === "[DONE]") {
      isDone = true;
      frames.markDone();
      return;
    }
    if (text.startsWith("{")) {
      common.learn(text, frames.decode(toFrame(text), false, events));
      return;
    }
    // Data that never was an event of the protocol says nothing, unless it is an error's text. A stream that lost an
    // event that way still has to finish properly.
    const error = toErrorFromText(text);
    if (error !== undefined) throw error;
  }

  /** Reads records of one line the short way, wherever one begins, and all others field by field. */
  function takeRecords(chunk: Uint8Array, events: CompletionEvent[]): void {
    const start = records.isBetweenRecords() ? 0 : findRecord(chunk);
    if (start > 0) takeEach(chunk.subarray(0, start), events);
    if (isDone || start === chunk.length) return;
    const rest = start === 0 ? chunk : chunk.subarray(start);
    const end = records.isBetweenRecords() ? common.read(rest, events) : 0;
    if (end < rest.length) takeEach(end === 0 ? rest : rest.subarray(end), events);
  }

  /** A record that is longer than a common one is not searched for its end here: that is done as its lines are cut. */
  function findRecord(chunk: Uint8Array): number {
    return records.openBytes() > LONG_RECORD_BYTES ? chunk.length : endOfRecord(chunk);
  }

  function takeEach(bytes: Uint8Array, events: CompletionEvent[]): void {
    for (const data of records.feed(bytes)) {
      takeRecord(decodeUtf8(data), events);
      if (isDone) return;
    }
    if (records.isOverLimit()) throw new GatewayError("upstream_failed", "Workers AI sent an event that is too long.");
  }

  /** A record that the body ended without closing. */
  function takeOpenRecord(events: CompletionEvent[]): void {
    for (const data of records.end()) {
      try {
        takeRecord(decodeUtf8(data), events);
      } catch (error) {
        // Behind the finish it can only have been usage: what broke off took nothing from the answer.
        if (!frames.isFinished()) throw error;
      }
    }
  }

  return {
    feed(chunk, events) {
      let bytes = chunk;
      if (!hasBegun) {
        bytes = skipPadding(chunk);
        if (bytes.length === 0) return;
        hasBegun = true;
        if (bytes[0] === OPENING_BRACE) json = createByteBuffer();
      }
      if (json === undefined) takeRecords(bytes, events);
      else takeJson(json, bytes);
    },
    end(events) {
      if (json !== undefined) frames.decode(parseFrame(json.take()), true, events);
      else if (!isDone) takeOpenRecord(events);
      frames.end(events);
    },
    isDone() {
      return isDone;
    },
    isFinished() {
      return frames.isFinished();
    },
  };
}

/** Where the first record that begins behind the open one does; the end where none does. */
function endOfRecord(chunk: Uint8Array): number {
  for (let lineFeed = chunk.indexOf(LINE_FEED); lineFeed !== -1; lineFeed = chunk.indexOf(LINE_FEED, lineFeed + 1)) {
    if (chunk[lineFeed + 1] === LINE_FEED) return lineFeed + 2;
  }
  return chunk.length;
}

function takeJson(buffer: ByteBuffer, bytes: Uint8Array): void {
  if (buffer.length() + bytes.length > MAX_JSON_BYTES) {
    throw new GatewayError("upstream_failed", "Workers AI sent an answer that is too long.");
  }
  buffer.append(bytes);
}

/** Throws a `GatewayError` where the bytes are no JSON object. */
export function parseFrame(bytes: Uint8Array): JsonRecord {
  return toFrame(decodeUtf8(bytes));
}

function toFrame(text: string): JsonRecord {
  const value = parseJson(text);
  if (isRecord(value)) return value;
  throw damagedError(undefined);
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (error) {
    throw damagedError(error);
  }
}

function damagedError(cause: unknown): GatewayError {
  return new GatewayError("upstream_failed", "Workers AI sent an answer that is damaged.", { retryable: true, cause });
}

/** White space and the bytes of a byte order mark, neither of which says anything of the shape. */
function skipPadding(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte > 0x20 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf);
  return start === -1 ? new Uint8Array(0) : bytes.subarray(start);
}
