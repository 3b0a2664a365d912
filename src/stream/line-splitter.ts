import { createByteBuffer } from "./byte-buffer.ts";

/** Cuts bytes into lines that end in a line feed, a carriage return, or both. */
export interface LineSplitter {
  /** Hands over, without its end, each line that this chunk completes. */
  feed(chunk: Uint8Array, takeLine: (line: Uint8Array) => void): void;
  /** The bytes of a line that nothing has ended yet. */
  takeOpenLine(): Uint8Array;
  openLineBytes(): number;
  /** All that was read is lines, and the last one's end is complete. */
  isBetweenLines(): boolean;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

export function createLineSplitter(): LineSplitter {
  const openLine = createByteBuffer();
  /** The last chunk ended in a carriage return: a line feed at the start of the next one belongs to it. */
  let skipLineFeed = false;

  function complete(end: Uint8Array): Uint8Array {
    if (openLine.length() === 0) return end;
    openLine.append(end);
    return openLine.take();
  }

  return {
    feed(chunk, takeLine) {
      let position = skipLineFeed && chunk[0] === LINE_FEED ? 1 : 0;
      if (chunk.length > 0) skipLineFeed = false;
      // Each byte is searched once for each of the two, however the lines end.
      let lineFeed = chunk.indexOf(LINE_FEED, position);
      let carriageReturn = chunk.indexOf(CARRIAGE_RETURN, position);
      while (position < chunk.length) {
        const isCarriageReturn = carriageReturn !== -1 && (lineFeed === -1 || carriageReturn < lineFeed);
        const lineEnd = isCarriageReturn ? carriageReturn : lineFeed;
        if (lineEnd === -1) {
          openLine.append(chunk.subarray(position));
          return;
        }
        takeLine(complete(chunk.subarray(position, lineEnd)));
        position = lineEnd + 1;
        if (isCarriageReturn) {
          if (position === chunk.length) skipLineFeed = true;
          else if (chunk[position] === LINE_FEED) position += 1;
          carriageReturn = chunk.indexOf(CARRIAGE_RETURN, position);
        }
        if (lineFeed !== -1 && lineFeed < position) lineFeed = chunk.indexOf(LINE_FEED, position);
      }
    },
    takeOpenLine: () => openLine.take(),
    openLineBytes() {
      return openLine.length();
    },
    isBetweenLines() {
      return openLine.length() === 0 && !skipLineFeed;
    },
  };
}
