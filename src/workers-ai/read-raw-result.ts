import type { Usage } from "../completion/event.ts";
import { isRecord, parseJson } from "../json.ts";
import type { JsonRecord } from "../json.ts";
import { withFirstChunk } from "../stream/byte-source.ts";
import type { ByteSource } from "../stream/byte-source.ts";
import { isFromCache } from "./call.ts";
import type { RawAnswer } from "./raw-answer.ts";
import { readWholeAnswer, unusableAnswerError } from "./read-json.ts";
import { readUsage } from "./read-usage.ts";
import { toErrorFromFrame } from "./upstream-error.ts";
import { isErrorReport } from "./upstream-report.ts";

/** An answer of a run, to be given on as it is. */
export type RawResult = JsonResult | BodyResult;

/** A JSON document, read whole: it goes into an envelope. */
export interface JsonResult {
  readonly kind: "json";
  /** As received. */
  readonly text: string;
  /** The same, where it is an object. */
  readonly value: JsonRecord | undefined;
  readonly usage: Usage | undefined;
}

/** An event stream, an image, or sound. */
export interface BodyResult {
  readonly kind: "body";
  readonly contentType: string;
  readonly isEventStream: boolean;
  /** An earlier answer, given again by the AI Gateway: it costs nothing. */
  readonly isFree: boolean;
  readonly body: ByteSource;
}

const OPENING_BRACE = 0x7b;
const OPENING_BRACKET = 0x5b;

/** Reads what the answer is from itself where its content type does not say. */
export async function readRawResult({ headers, body }: RawAnswer): Promise<RawResult> {
  const first = await body.next();
  const whole = withFirstChunk(first, body);
  const declared = headers.get("content-type") ?? "";
  if (isJson(declared, first)) return readJsonResult(whole);
  const isEventStream = /^text\/event-stream/i.test(declared) || (declared === "" && isText(first, "data:"));
  const contentType = declared === "" ? (isEventStream ? "text/event-stream" : "application/octet-stream") : declared;
  return { kind: "body", contentType, isEventStream, isFree: isFromCache(headers), body: whole };
}

function isJson(declared: string, first: Uint8Array | undefined): boolean {
  if (declared !== "") return /^application\/json/i.test(declared);
  return first?.[0] === OPENING_BRACE || first?.[0] === OPENING_BRACKET;
}

function isText(first: Uint8Array | undefined, text: string): boolean {
  return new TextDecoder().decode(first?.subarray(0, text.length)) === text;
}

async function readJsonResult(body: ByteSource): Promise<JsonResult> {
  const text = new TextDecoder().decode(await readWholeAnswer(body));
  const value = parseJson(text);
  if (value === undefined) throw unusableAnswerError();
  if (!isRecord(value)) return { kind: "json", text, value: undefined, usage: undefined };
  if (isErrorReport(value)) throw toErrorFromFrame(value);
  return { kind: "json", text, value, usage: readUsage(value["usage"]) };
}
