import { isRecord, parseJson } from "../json.ts";
import { fromBase64, toBase64 } from "../stream/base64.ts";
import type { RawAnswer } from "./raw-answer.ts";
import { readWholeAnswer, unusableAnswerError } from "./read-json.ts";
import { toErrorFromFrame } from "./upstream-error.ts";
import { isErrorReport } from "./upstream-report.ts";

/** An image or a piece of sound, in whichever of two forms is wanted of it. */
export interface Media {
  /** The first bytes, which say of what format it is. */
  readonly head: Uint8Array;
  readonly toBase64: () => string;
  readonly toBytes: () => Uint8Array;
}

const OPENING_BRACE = 0x7b;
const HEAD_LENGTH = 16;
/** As many characters of base64 as say the head, and a whole number of groups of four. */
const HEAD_CHARACTERS = 24;

/**
 * Reads an answer that is the bytes themselves, or a JSON object that has them as base64 in `member`. Which of the two a
 * model sends is seen from the first byte. Throws where it is neither, or reports a failure.
 */
export async function readMedia({ body }: RawAnswer, member: "image" | "audio"): Promise<Media> {
  const bytes = await readWholeAnswer(body);
  if (bytes.length === 0) throw unusableAnswerError();
  if (bytes[0] !== OPENING_BRACE) {
    return { head: bytes.subarray(0, HEAD_LENGTH), toBase64: () => toBase64(bytes), toBytes: () => bytes };
  }
  const value = parseJson(new TextDecoder().decode(bytes));
  if (!isRecord(value)) throw unusableAnswerError();
  if (isErrorReport(value)) throw toErrorFromFrame(value);
  // The REST interface and proxies in front of the binding wrap an answer.
  const { [member]: base64 } = isRecord(value["result"]) ? value["result"] : value;
  if (typeof base64 !== "string" || base64 === "") throw unusableAnswerError();
  const head = fromBase64(base64.slice(0, HEAD_CHARACTERS));
  if (head === undefined) throw unusableAnswerError();
  return { head: head.subarray(0, HEAD_LENGTH), toBase64: () => base64, toBytes: () => decode(base64) };
}

function decode(base64: string): Uint8Array {
  const bytes = fromBase64(base64);
  if (bytes === undefined) throw unusableAnswerError();
  return bytes;
}
