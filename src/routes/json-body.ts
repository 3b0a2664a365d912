import type * as z from "zod/mini";
import type { GatewayContext } from "../env.ts";
import { GatewayError } from "../errors.ts";
import { isRecord } from "../json.ts";
import type { JsonRecord } from "../json.ts";
import { createByteBuffer } from "../stream/byte-buffer.ts";
import { refuseUnboundedJson } from "./json-bounds.ts";

/**
 * The JSON body of a request, checked by its schema. Whatever the content type says, a body that is JSON is taken:
 * clients send it as text, and as nothing. `whenEmpty` is what no body stands for, where it may be left out. Throws a `GatewayError` that names the first field that is wrong.
 */
export async function parseBody<Schema extends z.ZodMiniType>(
  c: GatewayContext,
  schema: Schema,
  whenEmpty?: JsonRecord,
): Promise<z.output<Schema>> {
  const result = schema.safeParse(parseJsonObject(await readBody(c), whenEmpty), { reportInput: true });
  return result.success ? result.data : refuse(result.error.issues);
}

/** Most requests are right: the words for those that are not are imported with the first of them. */
async function refuse(issues: readonly z.core.$ZodIssue[]): Promise<never> {
  throw (await import("../openai/request-error.ts")).toRequestError(issues);
}

/** The bytes of a request's body, as many as are allowed. */
export function readBody(c: GatewayContext): Promise<Uint8Array> {
  const encoding = c.req.header("content-encoding");
  if (encoding !== undefined && encoding.toLowerCase() !== "identity") {
    throw new GatewayError("unsupported_media_type", "Compressed request bodies are not accepted.");
  }
  return readBytes(c.req.raw, c.get("settings").config.MAX_BODY_BYTES);
}

/** The object that a body stands for. */
export function parseJsonObject(bytes: Uint8Array, whenEmpty?: JsonRecord): JsonRecord {
  if (bytes.length === 0 && whenEmpty === undefined) {
    throw new GatewayError("invalid_request", "The request has no body; it has to be JSON.");
  }
  const text = decode(bytes);
  refuseUnboundedJson(text);
  const value = bytes.length === 0 ? whenEmpty : parse(text);
  if (!isRecord(value)) throw new GatewayError("invalid_request", "The request body has to be a JSON object.");
  return value;
}

/** A length as HTTP writes it. `Number` would also take `1e1`; and of a length of 0 only the runtime's own is one. */
const DECLARED_LENGTH = /^[1-9]\d{0,15}$/;

function readBytes(request: Request, limit: number): Promise<Uint8Array> {
  const declared = request.headers.get("content-length") ?? "";
  if (Number(declared) > limit) throw tooLarge(limit);
  if (DECLARED_LENGTH.test(declared)) return readDeclared(request, limit);
  return request.body === null ? Promise.resolve(new Uint8Array(0)) : countBytes(request.body, limit);
}

/** HTTP ends a body at its declared length, so that the runtime can read it: 60 µs a request less than a reader takes. */
async function readDeclared(request: Request, limit: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(await request.arrayBuffer().catch(brokenOff));
  if (bytes.length > limit) throw tooLarge(limit);
  return bytes;
}

/**
 * What arrives is counted. The chunks go into one buffer that doubles: kept as they come, the chunks of a body sent
 * byte by byte weigh a hundred times as much.
 */
async function countBytes(body: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array> {
  const reader = body.getReader();
  const buffer = createByteBuffer();
  for (;;) {
    const { done, value } = await reader.read().catch(brokenOff);
    if (done) return buffer.take();
    buffer.append(value);
    if (buffer.length() > limit) {
      reader.cancel().catch(() => undefined);
      throw tooLarge(limit);
    }
  }
}

/** A body that breaks off is a client that left: there is nobody to answer, and no failure of ours to log. */
function brokenOff(error: unknown): never {
  throw new GatewayError("client_closed", "The request body broke off.", { cause: error });
}

/** Fatal: a damaged character is refused; it does not become a replacement character in somebody's prompt. */
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (error) {
    throw new GatewayError("invalid_request", "The request body is not valid UTF-8.", { cause: error });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = "We could not parse the JSON body of your request.";
    throw new GatewayError("invalid_request", message, { cause: error });
  }
}

function tooLarge(limit: number): GatewayError {
  return new GatewayError("body_too_large", `The request body is larger than ${limit} bytes.`);
}
