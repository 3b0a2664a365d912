import type * as z from "zod/mini";
import type { GatewayContext } from "../env.ts";
import { GatewayError } from "../errors.ts";
import { isRecord } from "../json.ts";
import { toRequestError } from "../openai/request-error.ts";
import { refuseUnboundedJson } from "./json-bounds.ts";

/**
 * The JSON body of a request, checked by its schema. Whatever the content type says, a body that is JSON is taken:
 * clients send it as text, and as nothing. Throws a `GatewayError` that names the first field that is wrong.
 */
export async function parseBody<Schema extends z.ZodMiniType>(
  c: GatewayContext,
  schema: Schema,
): Promise<z.output<Schema>> {
  const encoding = c.req.header("content-encoding");
  if (encoding !== undefined && encoding.toLowerCase() !== "identity") {
    throw new GatewayError("unsupported_media_type", "Compressed request bodies are not accepted.");
  }
  const bytes = await readBytes(c.req.raw, c.get("settings").config.MAX_BODY_BYTES);
  if (bytes.length === 0) throw new GatewayError("invalid_request", "The request has no body; it has to be JSON.");
  refuseUnboundedJson(bytes);
  const value = parse(decode(bytes));
  if (!isRecord(value)) throw new GatewayError("invalid_request", "The request body has to be a JSON object.");
  const result = schema.safeParse(value, { reportInput: true });
  if (!result.success) throw toRequestError(result.error.issues);
  return result.data;
}

/**
 * The declared length is believed only where it says that the body is too long; what arrives is counted. The chunks go
 * into one buffer that doubles: kept as they come, the chunks of a body sent byte by byte weigh a hundred times as much.
 */
async function readBytes(request: Request, limit: number): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw tooLarge(limit);
  if (request.body === null) return new Uint8Array(0);
  const reader = request.body.getReader();
  let bytes = (await readChunk(reader)) ?? new Uint8Array(0);
  let length = bytes.length;
  for (;;) {
    if (length > limit) {
      reader.cancel().catch(() => undefined);
      throw tooLarge(limit);
    }
    const chunk = await readChunk(reader);
    if (chunk === undefined) return bytes.subarray(0, length);
    if (length + chunk.length > bytes.length) {
      const larger = new Uint8Array(2 * (length + chunk.length));
      larger.set(bytes.subarray(0, length));
      bytes = larger;
    }
    bytes.set(chunk, length);
    length += chunk.length;
  }
}

/** A body that breaks off is a client that left: there is nobody to answer, and no failure of ours to log. */
async function readChunk(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | undefined> {
  try {
    const { done, value } = await reader.read();
    return done ? undefined : value;
  } catch (error) {
    throw new GatewayError("client_closed", "The request body broke off.", { cause: error });
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
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
