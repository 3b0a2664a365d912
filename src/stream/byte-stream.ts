import type { Source } from "./source.ts";

/** A text, or the pieces of one. */
export type Text = string | readonly string[];

/** Where the text of a stream comes from. It never fails: a source ends its text itself then. */
export type TextSource = Source<Text>;

const encoder = new TextEncoder();

/** A unit of a text has three bytes at most. */
const BYTES_PER_UNIT = 3;

/** More than is merged. What is longer is encoded as one text, so that no stream leaves a large memory to the others. */
const MOST_UNITS = 128 * 1024;

/** What the pieces of a write are encoded into before their bytes are copied out: one memory for all streams. */
let scratch = new Uint8Array(0);

/**
 * The bytes of a text. Pieces are encoded one by one: a single character above U+00FF makes a joined text one of two bytes
 * a character, which is encoded thirty times slower (2 µs a KB), and joining costs as well.
 */
function encode(text: Text): Uint8Array {
  if (typeof text === "string") return encoder.encode(text);
  const length = text.reduce((sum, piece) => sum + piece.length, 0);
  if (length > MOST_UNITS) return encoder.encode(text.join(""));
  if (scratch.length < length * BYTES_PER_UNIT) scratch = new Uint8Array(length * BYTES_PER_UNIT);
  let end = 0;
  for (const piece of text) end += encoder.encodeInto(piece, scratch.subarray(end)).written;
  return scratch.slice(0, end);
}

/**
 * A stream of bytes that asks its source for more only when its reader asks: a reader that is slow slows the source,
 * and one that leaves cancels it.
 */
export function toByteStream(source: TextSource): ReadableStream<Uint8Array> {
  let isCancelled = false;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const text = await source.next();
        // A read that was pending when the reader left ends here; its stream takes nothing any more.
        if (isCancelled) return;
        if (text === undefined) controller.close();
        else controller.enqueue(encode(text));
      },
      cancel(reason) {
        isCancelled = true;
        source.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
