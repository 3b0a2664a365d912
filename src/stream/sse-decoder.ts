import { createLineSplitter } from "./line-splitter.ts";

/**
 * Cuts a server-sent event stream into the data of its records, however the network has sliced it.
 *
 * Works on bytes: most records are one token, and turning each into text only to look at it would cost more than the
 * rest of its way through the gateway. Whoever needs text decodes the record it needs.
 */
export interface SseDecoder {
  /** The data of the records that this chunk completes; some of it lies in the chunk's own memory. */
  feed(chunk: Uint8Array): readonly Uint8Array[];
  /** The data of a last record that the body ended without closing; whether it is whole is for its reader to say. */
  end(): readonly Uint8Array[];
  /**
   * A record is longer than the limit; nothing behind it is read. Not thrown, because the records in front of it, which
   * the same call returns, still count.
   */
  isOverLimit(): boolean;
  /** All that was read is records, and the next byte is the first of another. */
  isBetweenRecords(): boolean;
  /** Bytes of the record that is open. */
  openBytes(): number;
}

/** In bytes. A record is one token or one tool call; what never ends is a fault or an attack. */
const MAX_RECORD_BYTES = 1024 * 1024;

const LINE_FEED = 0x0a;
const COLON = 0x3a;
const SPACE = 0x20;
const DATA_FIELD = new TextEncoder().encode("data");
const BARE_DONE = new TextEncoder().encode("[DONE]");
const BYTE_ORDER_MARK = Uint8Array.of(0xef, 0xbb, 0xbf);

export function createSseDecoder(maxRecordBytes = MAX_RECORD_BYTES): SseDecoder {
  const lines = createLineSplitter();
  /** The values of the `data` fields of the record that no blank line has ended yet. */
  let openRecord: Uint8Array[] = [];
  /** How many of those values lie in memory of our own, and not in that of the chunk that brought them. */
  let keptLines = 0;
  /** The lengths of the lines of those fields, so that the limit also holds for a million empty ones. */
  let openRecordBytes = 0;
  let isFirstLine = true;
  let isOverLimit = false;
  let records: Uint8Array[] = [];

  /** Counts the bytes of a line whether it is whole or not, so that the limit does not depend on the slicing. */
  function checkLimit(lineBytes: number): void {
    isOverLimit ||= lineBytes > 0 && openRecordBytes + lineBytes > maxRecordBytes;
  }

  function closeRecord(): void {
    if (openRecord.length > 0) records.push(joinLines(openRecord));
    openRecord = [];
    keptLines = 0;
    openRecordBytes = 0;
  }

  /** The memory of a chunk is the next one's: what a later chunk will close is copied out of it, once. */
  function keepOpenRecord(): void {
    for (; keptLines < openRecord.length; keptLines += 1)
      openRecord[keptLines] = openRecord[keptLines]?.slice() ?? new Uint8Array(0);
  }

  function takeLine(line: Uint8Array): void {
    checkLimit(line.length);
    if (isOverLimit) return;
    const hasMark = isFirstLine && startsWith(line, BYTE_ORDER_MARK);
    isFirstLine = false;
    readLine(hasMark ? line.subarray(BYTE_ORDER_MARK.length) : line);
  }

  function readLine(line: Uint8Array): void {
    if (line.length === 0) {
      closeRecord();
    } else if (isDataField(line)) {
      openRecord.push(line.subarray(DATA_FIELD.length + (line[DATA_FIELD.length + 1] === SPACE ? 2 : 1)));
      openRecordBytes += line.length + 1;
    } else if (line.length === BARE_DONE.length && startsWith(line, BARE_DONE)) {
      // Quirk(native, some models, 2026-07): the stream ends in a `[DONE]` line without `data:`; we take it for the
      // record it is meant to be; fixture native-bare-done.sse.
      closeRecord();
      records.push(line);
    }
    // All else is a comment, a field that Workers AI gives no meaning, or no field at all: ignored, as the rules say.
  }

  function takeRecords(): readonly Uint8Array[] {
    const taken = records;
    records = [];
    return taken;
  }

  return {
    feed(chunk) {
      lines.feed(chunk, takeLine);
      keepOpenRecord();
      checkLimit(lines.openLineBytes());
      return takeRecords();
    },
    end() {
      takeLine(lines.takeOpenLine());
      if (!isOverLimit) closeRecord();
      return takeRecords();
    },
    isOverLimit() {
      return isOverLimit;
    },
    isBetweenRecords() {
      return !isFirstLine && openRecord.length === 0 && lines.isBetweenLines();
    },
    openBytes() {
      return openRecordBytes + lines.openLineBytes();
    },
  };
}

/** A field's name ends at the colon, or with the line. */
function isDataField(line: Uint8Array): boolean {
  return startsWith(line, DATA_FIELD) && (line.length === DATA_FIELD.length || line[DATA_FIELD.length] === COLON);
}

function startsWith(bytes: Uint8Array, prefix: Uint8Array): boolean {
  if (bytes.length < prefix.length) return false;
  for (let index = 0; index < prefix.length; index += 1) if (bytes[index] !== prefix[index]) return false;
  return true;
}

/** Several `data` fields of one record are lines of one text. */
function joinLines(lines: readonly Uint8Array[]): Uint8Array {
  const [only] = lines;
  if (lines.length === 1 && only !== undefined) return only;
  const joined = new Uint8Array(lines.reduce((length, line) => length + line.length + 1, -1));
  let offset = 0;
  for (const line of lines) {
    if (offset > 0) joined[offset - 1] = LINE_FEED;
    joined.set(line, offset);
    offset += line.length + 1;
  }
  return joined;
}
