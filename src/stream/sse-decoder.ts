import { GatewayError } from "../errors.ts";

/**
 * Cuts a server-sent event stream into the data of its records, however the network has sliced it.
 *
 * Works on bytes: most records are one token, and turning each into text only to look at it would cost more than the
 * rest of its way through the gateway. Whoever needs text decodes the record it needs.
 */
export interface SseDecoder {
  /** The data of the records that this chunk completes. Throws a `GatewayError` on a record over the limit. */
  feed(chunk: Uint8Array): readonly Uint8Array[];
  /** The data of a last record that the body ended without closing; whether it is whole is for its reader to say. */
  end(): readonly Uint8Array[];
}

/** In bytes. A record is one token or one tool call; what never ends is a fault or an attack. */
export const MAX_RECORD_BYTES = 1024 * 1024;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const DATA_FIELD = new TextEncoder().encode("data:");
const BARE_DONE = new TextEncoder().encode("[DONE]");
const BYTE_ORDER_MARK = Uint8Array.of(0xef, 0xbb, 0xbf);

export function createSseDecoder(maxRecordBytes = MAX_RECORD_BYTES): SseDecoder {
  /** The pieces of a line that no chunk has ended yet. Joined once, at its end: a long line stays linear. */
  let openLine: Uint8Array[] = [];
  /** The values of the `data` fields of the record that no blank line has ended yet. */
  let openRecord: Uint8Array[] = [];
  let heldBytes = 0;
  let isFirstLine = true;
  /** The last chunk ended in a carriage return: a line feed at the start of the next one belongs to it. */
  let skipLineFeed = false;
  let records: Uint8Array[] = [];

  function hold(pieces: Uint8Array[], piece: Uint8Array): void {
    heldBytes += piece.length;
    if (heldBytes > maxRecordBytes) {
      throw new GatewayError("upstream_failed", "Workers AI sent an event that is too long.");
    }
    pieces.push(piece);
  }

  function closeRecord(): void {
    if (openRecord.length > 0) records.push(join(openRecord, LINE_FEED));
    openRecord = [];
    heldBytes = 0;
  }

  function readLine(line: Uint8Array): void {
    if (line.length === 0) {
      closeRecord();
    } else if (startsWith(line, DATA_FIELD)) {
      hold(openRecord, line.subarray(line[DATA_FIELD.length] === SPACE ? DATA_FIELD.length + 1 : DATA_FIELD.length));
    } else if (line.length === BARE_DONE.length && startsWith(line, BARE_DONE)) {
      // Quirk(native, some models, 2026-07): the stream ends in a `[DONE]` line without `data:`; we take it for the
      // record it is meant to be; test "takes a bare [DONE] line".
      closeRecord();
      records.push(line);
    }
    // All else is a comment, a field that Workers AI gives no meaning, or no field at all: ignored, as the rules say.
  }

  function endLine(end: Uint8Array): void {
    let line = end;
    if (openLine.length > 0) {
      for (const piece of openLine) heldBytes -= piece.length;
      line = join([...openLine, end], undefined);
      openLine = [];
    }
    if (isFirstLine) {
      isFirstLine = false;
      if (startsWith(line, BYTE_ORDER_MARK)) line = line.subarray(BYTE_ORDER_MARK.length);
    }
    readLine(line);
  }

  function take(): readonly Uint8Array[] {
    const taken = records;
    records = [];
    return taken;
  }

  return {
    feed(chunk) {
      let position = skipLineFeed && chunk[0] === LINE_FEED ? 1 : 0;
      if (chunk.length > 0) skipLineFeed = false;
      // Carriage returns are rare: one search per chunk as long as there is none.
      let carriageReturn = chunk.indexOf(CARRIAGE_RETURN, position);
      while (position < chunk.length) {
        const lineFeed = chunk.indexOf(LINE_FEED, position);
        const isCarriageReturn = carriageReturn !== -1 && (lineFeed === -1 || carriageReturn < lineFeed);
        const lineEnd = isCarriageReturn ? carriageReturn : lineFeed;
        if (lineEnd === -1) {
          hold(openLine, chunk.subarray(position));
          break;
        }
        endLine(chunk.subarray(position, lineEnd));
        position = lineEnd + 1;
        if (isCarriageReturn) {
          if (position === chunk.length) skipLineFeed = true;
          else if (chunk[position] === LINE_FEED) position += 1;
          carriageReturn = chunk.indexOf(CARRIAGE_RETURN, position);
        }
      }
      return take();
    },
    end() {
      endLine(new Uint8Array(0));
      closeRecord();
      return take();
    },
  };
}

function startsWith(bytes: Uint8Array, prefix: Uint8Array): boolean {
  if (bytes.length < prefix.length) return false;
  for (let index = 0; index < prefix.length; index += 1) if (bytes[index] !== prefix[index]) return false;
  return true;
}

function join(pieces: readonly Uint8Array[], separator: number | undefined): Uint8Array {
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) return only;
  const gap = separator === undefined ? 0 : 1;
  const joined = new Uint8Array(pieces.reduce((length, piece) => length + piece.length + gap, -gap));
  let offset = 0;
  for (const piece of pieces) {
    if (separator !== undefined && offset > 0) joined[offset - 1] = separator;
    joined.set(piece, offset);
    offset += piece.length + gap;
  }
  return joined;
}
