/** What is told of the parts of a form, in their order. */
export interface PartSink {
  /** A part begins: its headers, with names in lower case. */
  begin(headers: ReadonlyMap<string, string>): void;
  /** A piece of the part's content. It is the sink's to keep. */
  data(bytes: Uint8Array): void;
  end(): void;
}

/** Takes a `multipart/form-data` body apart as it comes. Throws `MultipartError` where it is none. */
export interface MultipartParser {
  feed(chunk: Uint8Array): void;
  /** The body is over. */
  end(): void;
}

export class MultipartError extends Error {
  override readonly name = "MultipartError";
}

/** Headers of a part have a name, a file name and a type. */
const MAX_HEADER_BYTES = 16 * 1024;

const CR = 0x0d;
const LF = 0x0a;
const DASH = 0x2d;
const encoder = new TextEncoder();
const BLANK_LINE = encoder.encode("\r\n\r\n");

/** `delimiter`: behind a boundary, where it is said whether another part follows. */
type State = "preamble" | "delimiter" | "headers" | "data" | "over";

export function createMultipartParser(boundary: string, sink: PartSink): MultipartParser {
  const mark = encoder.encode(`\r\n--${boundary}`);
  // As if a line had ended before the body: its first boundary looks like every other then.
  let held: Uint8Array = Uint8Array.of(CR, LF);
  let state: State = "preamble";

  /** Goes on as far as what is held allows; false where more is needed. */
  function step(): boolean {
    switch (state) {
      case "preamble":
      case "data": {
        const position = find(held, mark);
        if (position === -1) {
          // The end of what is held may be the beginning of a boundary.
          take(Math.max(0, held.length - mark.length + 1));
          return false;
        }
        take(position);
        held = held.subarray(mark.length);
        if (state === "data") sink.end();
        state = "delimiter";
        return true;
      }
      case "delimiter":
        if (held.length < 2) return false;
        if (held[0] !== DASH && held[0] !== CR) throw new MultipartError("a boundary is followed by something else");
        state = held[0] === DASH ? "over" : "headers";
        return true;
      case "headers": {
        // A part without headers has the blank line right behind the boundary's own end of line.
        const end = find(held, BLANK_LINE);
        if (end === -1) {
          if (held.length > MAX_HEADER_BYTES) throw new MultipartError("the headers of a part are too long");
          return false;
        }
        sink.begin(parseHeaders(new TextDecoder().decode(held.subarray(0, end))));
        held = held.subarray(end + BLANK_LINE.length);
        state = "data";
        return true;
      }
      case "over":
        held = new Uint8Array(0);
        return false;
      default:
        return state satisfies never;
    }
  }

  function take(length: number): void {
    if (state === "data" && length > 0) sink.data(held.subarray(0, length));
    held = held.subarray(length);
  }

  return {
    feed(chunk) {
      if (state === "over") return;
      const joined = new Uint8Array(held.length + chunk.length);
      joined.set(held);
      joined.set(chunk, held.length);
      held = joined;
      while (step());
    },
    end() {
      if (state !== "over") throw new MultipartError("the form is not complete");
    },
  };
}

/** Where `part` first stands in `bytes`; -1 if it does not. */
function find(bytes: Uint8Array, part: Uint8Array): number {
  const [first = 0] = part;
  for (let start = bytes.indexOf(first); start !== -1; start = bytes.indexOf(first, start + 1)) {
    if (start + part.length > bytes.length) return -1;
    if (part.every((byte, index) => bytes[start + index] === byte)) return start;
  }
  return -1;
}

function parseHeaders(text: string): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const line of text.split("\r\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return headers;
}
