import type * as z from "zod";
import { MAX_JSON_DEPTH } from "../config/limits.ts";
import type { GatewayContext } from "../env.ts";
import { GatewayError } from "../errors.ts";
import { isRecord } from "../json.ts";
import { toRequestError } from "../openai/request-error.ts";

/**
 * The JSON body of a request, checked by its schema. Whatever the content type says, a body that is JSON is taken:
 * clients send it as text, and as nothing. Throws a `GatewayError` that names the first field that is wrong.
 */
export async function parseBody<Schema extends z.ZodType>(
  c: GatewayContext,
  schema: Schema,
): Promise<z.output<Schema>> {
  const encoding = c.req.header("content-encoding");
  if (encoding !== undefined && encoding.toLowerCase() !== "identity") {
    throw new GatewayError("unsupported_media_type", "Compressed request bodies are not accepted.");
  }
  const text = decode(await readBytes(c.req.raw, c.get("settings").config.MAX_BODY_BYTES));
  const value = parse(text);
  if (!isRecord(value)) throw new GatewayError("invalid_request", "The request body has to be a JSON object.");
  refuseDeep(value);
  const result = schema.safeParse(value, { reportInput: true });
  if (!result.success) throw toRequestError(result.error.issues);
  return result.data;
}

/** The declared length is believed only where it says that the body is too long; what arrives is counted. */
async function readBytes(request: Request, limit: number): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw tooLarge(limit);
  if (request.body === null) return new Uint8Array(0);
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let result = await reader.read(); !result.done; result = await reader.read()) {
    length += result.value.length;
    if (length > limit) {
      reader.cancel().catch(() => undefined);
      throw tooLarge(limit);
    }
    chunks.push(result.value);
  }
  const [only] = chunks;
  if (only !== undefined && chunks.length === 1) return only;
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
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

/** Walks without recursion: the depth is what is being defended against. */
function refuseDeep(body: object): void {
  let level: object[] = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_JSON_DEPTH) {
      throw new GatewayError("invalid_request", `The request body is nested more than ${MAX_JSON_DEPTH} levels deep.`);
    }
    const inner: object[] = [];
    for (const value of level) {
      for (const member of Object.values(value) as unknown[]) {
        if (typeof member === "object" && member !== null) inner.push(member);
      }
    }
    level = inner;
  }
}

function tooLarge(limit: number): GatewayError {
  return new GatewayError("body_too_large", `The request body is larger than ${limit} bytes.`);
}
