import type { GatewayContext } from "../env.ts";
import type { JsonRecord } from "../json.ts";
import { MAX_LISTED_BYTES } from "../translate/recognition-calls.ts";
import { parseJsonObject, readBody } from "./json-body.ts";

/** The inputs of a run, read from a request as Cloudflare's API reads it. */
export interface RunRequest {
  readonly inputs: JsonRecord;
  /** They hold a stream, which can be read once. */
  readonly isSingleUse: boolean;
}

const SPACES = new Set([0x20, 0x09, 0x0a, 0x0d]);
const OPENING_BRACE = 0x7b;
const BYTE_ORDER_MARK = 0xef;

/**
 * JSON, the bytes of a sound or a picture, or a form with one among its parts. curl declares all of them as
 * `application/x-www-form-urlencoded`, so the first byte tells JSON from the rest.
 */
export async function readRunInputs(c: GatewayContext, model: string): Promise<RunRequest> {
  const contentType = c.req.header("content-type") ?? "application/octet-stream";
  const bytes = await readBody(c);
  if (/^multipart\/form-data/i.test(contentType)) return toStreamInputs("multipart", bytes, contentType);
  const first = bytes.find((byte) => !SPACES.has(byte));
  if (first === undefined || first === OPENING_BRACE || first === BYTE_ORDER_MARK || isDeclaredJson(contentType)) {
    return { inputs: parseJsonObject(bytes), isSingleUse: false };
  }
  // The older Whisper models take the bytes as numbers, as long as those fit into memory; such a run can be repeated.
  if (/whisper(?!-large)/.test(model) && bytes.length <= MAX_LISTED_BYTES)
    return { inputs: { audio: [...bytes] }, isSingleUse: false };
  return toStreamInputs("audio", bytes, contentType);
}

function isDeclaredJson(contentType: string): boolean {
  return /^application\/json/i.test(contentType);
}

/** The binding sends the body of such an input as it is, whatever the input's name. */
function toStreamInputs(name: string, bytes: Uint8Array, contentType: string): RunRequest {
  return { inputs: { [name]: { body: new Response(bytes).body, contentType } }, isSingleUse: true };
}
