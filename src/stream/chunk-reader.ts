import { toSource } from "./source.ts";
import type { Source } from "./source.ts";

/** More than a network chunk of sixteen events in the longest of the wire formats. */
const BUFFER_BYTES = 8 * 1024;

/**
 * Reads a body in the chunks in which the network brings them. A chunk is good until the next read, which may take its
 * memory.
 *
 * All reads of a body of bytes go into one buffer. A reader that is given none gets a new one of 4 KB for every chunk, be
 * it one token: that and the collection of it cost a sixth of a stream's CPU, 3 of 23 µs a token.
 */
export function createChunkReader(body: ReadableStream<Uint8Array>): Source<Uint8Array> {
  const byteReader = openByteReader(body);
  return byteReader === undefined ? createValueReader(body.getReader()) : createByteReader(byteReader);
}

function createByteReader(reader: ReadableStreamBYOBReader): Source<Uint8Array> {
  let buffer = new ArrayBuffer(BUFFER_BYTES);
  let deliver: (chunk: Uint8Array | undefined) => void;

  function take({ done, value }: ReadableStreamReadResult<Uint8Array<ArrayBuffer>>): void {
    if (done) return deliver(undefined);
    // A read takes its buffer away from us, and the chunk brings it back.
    ({ buffer } = value);
    return deliver(value);
  }

  return toSource(
    (takeChunk, fail) => {
      deliver = takeChunk;
      reader.read(new Uint8Array(buffer)).then(take, fail);
    },
    (reason) => cancelReader(reader, reason),
  );
}

function createValueReader(reader: ReadableStreamDefaultReader<Uint8Array>): Source<Uint8Array> {
  return toSource(
    (take, fail) => {
      reader.read().then(({ done, value }) => take(done ? undefined : value), fail);
    },
    (reason) => cancelReader(reader, reason),
  );
}

/** A body that has failed rejects its cancellation with the same failure; that has been reported by the read. */
function cancelReader(reader: ReadableStreamBYOBReader | ReadableStreamDefaultReader, reason: unknown): void {
  reader.cancel(reason).catch(() => undefined);
}

/** `undefined` where the body is a stream of values: JavaScript made it, as a binding in the same isolate does. */
function openByteReader(body: ReadableStream<Uint8Array>): ReadableStreamBYOBReader | undefined {
  try {
    return body.getReader({ mode: "byob" });
  } catch {
    return undefined;
  }
}
