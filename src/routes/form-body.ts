import type { GatewayContext } from "../env.ts";
import { GatewayError } from "../errors.ts";
import { createMultipartParser, MultipartError } from "../stream/multipart.ts";
import type { PartSink } from "../stream/multipart.ts";

/** A file of a form, in the pieces in which it came. */
export interface FormFile {
  /** As the client calls it; a text of any content. */
  readonly name: string;
  readonly chunks: readonly Uint8Array[];
  readonly length: number;
}

export interface FormBody {
  /** The values of each field, in their order. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
  readonly files: ReadonlyMap<string, FormFile>;
}

/** Fields are names of models and formats, and a prompt. */
const MAX_FIELD_BYTES = 64 * 1024;
const MAX_PARTS = 64;

/**
 * The form of a request, read as it comes: a body that is too long is refused when it exceeds the limit, and not when it
 * is over. Throws a `GatewayError` for what is no form.
 */
export async function readForm(c: GatewayContext): Promise<FormBody> {
  const boundary = readBoundary(c.req.header("content-type"));
  const limit = c.get("settings").config.MAX_BODY_BYTES;
  if (Number(c.req.header("content-length") ?? 0) > limit) throw tooLarge(limit);
  const collector = createCollector();
  const parser = createMultipartParser(boundary, collector);
  let length = 0;
  const reader = c.req.raw.body?.getReader();
  try {
    for (let result = await reader?.read(); result?.done === false; result = await reader?.read()) {
      length += result.value.length;
      if (length > limit) throw tooLarge(limit);
      parser.feed(result.value);
    }
    parser.end();
  } catch (error) {
    reader?.cancel().catch(() => undefined);
    throw toFormError(error);
  }
  return collector;
}

function readBoundary(contentType = ""): string {
  const match = /^multipart\/form-data\b.*?;\s*boundary=(?:"([^"]{1,200})"|([^\s;]{1,200}))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary !== undefined) return boundary;
  throw new GatewayError("invalid_request", "The request body has to be a form: multipart/form-data with a boundary.");
}

function createCollector(): FormBody & PartSink {
  const fields = new Map<string, string[]>();
  const files = new Map<string, FormFile>();
  let parts = 0;
  let name = "";
  let fileName: string | undefined;
  let chunks: Uint8Array[] = [];
  let length = 0;
  return {
    fields,
    files,
    begin(headers) {
      parts += 1;
      if (parts > MAX_PARTS) throw new GatewayError("invalid_request", `The form has more than ${MAX_PARTS} parts.`);
      const disposition = headers.get("content-disposition") ?? "";
      name = readParameter(disposition, "name") ?? "";
      fileName = readParameter(disposition, "filename");
      chunks = [];
      length = 0;
    },
    data(bytes) {
      length += bytes.length;
      if (fileName === undefined && length > MAX_FIELD_BYTES) {
        const message = `A field of the form is longer than ${MAX_FIELD_BYTES} bytes, and it is no file.`;
        throw new GatewayError("invalid_request", message);
      }
      chunks.push(bytes);
    },
    end() {
      if (fileName !== undefined) files.set(name, { name: fileName, chunks, length });
      else fields.set(name, [...(fields.get(name) ?? []), decode(chunks)]);
    },
  };
}

/** `form-data; name="file"; filename="speech.mp3"`: clients quote, and write quotes as `%22`. */
function readParameter(disposition: string, parameter: string): string | undefined {
  const match = new RegExp(`;\\s*${parameter}=(?:"([^"]*)"|([^\\s;]+))`, "i").exec(disposition);
  return match?.[1] ?? match?.[2];
}

function decode(chunks: readonly Uint8Array[]): string {
  const decoder = new TextDecoder();
  return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join("") + decoder.decode();
}

function toFormError(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  if (error instanceof MultipartError) {
    return new GatewayError("invalid_request", `The form cannot be read: ${error.message}.`, { cause: error });
  }
  return new GatewayError("client_closed", "The request body broke off.", { cause: error });
}

function tooLarge(limit: number): GatewayError {
  return new GatewayError("body_too_large", `The request body is larger than ${limit} bytes.`);
}
