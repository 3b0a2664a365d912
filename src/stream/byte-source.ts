/** Bytes in flight, in the chunks in which they come. */
export interface ByteSource {
  /** The next chunk, or `undefined` at the end. Rejects where the source fails. */
  next(): Promise<Uint8Array | undefined>;
  /** Stops the source, also while a `next()` is pending. Idempotent; never throws. */
  cancel(reason?: unknown): void;
}

/** The source with the chunk that was already taken from it in front again. */
export function withFirstChunk(first: Uint8Array | undefined, source: ByteSource): ByteSource {
  let waiting = first;
  return {
    next() {
      const chunk = waiting;
      if (chunk === undefined) return source.next();
      waiting = undefined;
      return Promise.resolve(chunk);
    },
    cancel: (reason) => source.cancel(reason),
  };
}

/** All the bytes of a source; `undefined`, and the source cancelled, where there are more than `limit`. */
export async function collectBytes(source: ByteSource, limit: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let chunk = await source.next(); chunk !== undefined; chunk = await source.next()) {
    length += chunk.length;
    if (length > limit) {
      source.cancel();
      return undefined;
    }
    chunks.push(chunk);
  }
  const [only] = chunks;
  if (only !== undefined && chunks.length === 1) return only;
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

/** A body for an answer. It is read only as fast as its reader reads, and a reader that leaves cancels the source. */
export function toBody(source: ByteSource): ReadableStream<Uint8Array> {
  let isCancelled = false;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const chunk = await source.next();
        // A read that was pending when the reader left ends here; its stream takes nothing any more.
        if (isCancelled) return;
        if (chunk === undefined) controller.close();
        else controller.enqueue(chunk);
      },
      cancel(reason) {
        isCancelled = true;
        source.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
