import { parseJson } from "../json.ts";

/**
 * The record that nearly every token of a native stream comes in, read without the JSON parser:
 * `data: {"response":"tok","p":"abc"}`, also with `"tool_calls":[]` between the two or without `p`. Every other record is left
 * to the parser, as are characters that are escaped by their number.
 */
const COMMON_RECORD =
  // oxlint-disable-next-line no-control-regex -- JSON forbids them in a string, and that is the point.
  /data: \{"response":"([^"\\\u0000-\u001f]*(?:\\["\\/bfnrt][^"\\\u0000-\u001f]*)*)"(?:,"tool_calls":\[\])?(?:,"p":"([^"\\\u0000-\u001f]{0,256})")?\}\n\n/y;

/** Longer ones are not common, and how long a record may be is for others to say. */
const MAX_RECORD_LENGTH = 4096;

const LINE_FEED = 0x0a;

/** `data: {"r`, of which only these two are looked at. */
const BRACE_POSITION = 6;
const BRACE = 0x7b;
const MEMBER_POSITION = 8;
const MEMBER = 0x72;

/** Fatal: bytes that are no text are for whoever reads record by record. */
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Gives on the texts of the common records with which `chunk` begins, and returns how many bytes they take. The chunk
 * has to begin where a record does.
 *
 * One decoder call and one pattern for all the records of a network chunk: 0.2 µs a token, where cutting each record out
 * of the bytes, making its text character by character and looking at its members took 1.5.
 */
export function readCommonRecords<Sink>(
  chunk: Uint8Array,
  take: (text: string, padding: string, sink: Sink) => void,
  sink: Sink,
): number {
  if (chunk[BRACE_POSITION] !== BRACE || chunk[MEMBER_POSITION] !== MEMBER) return 0;
  const length = chunk.lastIndexOf(LINE_FEED) + 1;
  const records = decode(length === chunk.length ? chunk : chunk.subarray(0, length));
  let end = 0;
  COMMON_RECORD.lastIndex = 0;
  for (let record = COMMON_RECORD.exec(records); record !== null; record = COMMON_RECORD.exec(records)) {
    const [whole, text = "", padding = ""] = record;
    if (whole.length > MAX_RECORD_LENGTH) break;
    take(unescape(text), padding, sink);
    end = COMMON_RECORD.lastIndex;
  }
  return records.length === length ? end : countBytes(records, end);
}

/** The pattern lets through what the parser understands. */
function unescape(text: string): string {
  return text.includes("\\") ? String(parseJson(`"${text}"`)) : text;
}

/** The empty text where the bytes are none. */
function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return "";
  }
}

/** The bytes of the first `end` units of a text in UTF-8. */
function countBytes(text: string, end: number): number {
  let bytes = 0;
  for (let position = 0; position < end; position += 1) {
    const unit = text.charCodeAt(position);
    // Each half of a pair is two of its four bytes.
    const isHalf = unit >= 0xd800 && unit < 0xe000;
    bytes += unit < 0x80 ? 1 : unit < 0x800 || isHalf ? 2 : 3;
  }
  return bytes;
}
