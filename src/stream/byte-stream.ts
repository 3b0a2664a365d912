/** Where the text of a stream comes from. */
export interface TextSource {
  /** The next piece of text, or `undefined` at the end. Never rejects: a source ends its text itself when it fails. */
  pull(): Promise<string | undefined>;
  /** The reader is gone. */
  cancel(reason: unknown): void;
}

/**
 * A stream of bytes that asks its source for more only when its reader asks: a reader that is slow slows the source,
 * and one that leaves cancels it.
 */
export function toByteStream(source: TextSource): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let isCancelled = false;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const text = await source.pull();
        // A read that was pending when the reader left ends here; its stream takes nothing any more.
        if (isCancelled) return;
        if (text === undefined) controller.close();
        else controller.enqueue(encoder.encode(text));
      },
      cancel(reason) {
        isCancelled = true;
        source.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
