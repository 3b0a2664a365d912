import type { Config } from "../config/config.ts";
import { GatewayError } from "../errors.ts";
import { isRecord, parseJson } from "../json.ts";
import type { JsonRecord } from "../json.ts";
import type { AiGatewayOptions } from "../workers-ai/binding.ts";

const HEADER_TTL = /^\d{1,7}$/;
const MOST_KEY_LENGTH = 256;

type Metadata = Readonly<Record<string, string | number | boolean>>;

const MOST_METADATA = 5;

type Headers = (name: string) => string | undefined;

/** The settings' AI Gateway, where there is one. */
export function toAiGatewayOptions({
  AI_GATEWAY_ID: id,
  AI_GATEWAY_CACHE_TTL: cacheTtl,
}: Config): AiGatewayOptions | undefined {
  return id === "" ? undefined : { id, ...(cacheTtl > 0 && { cacheTtl }) };
}

/**
 * What a request wants of the AI Gateway, in the headers that it would take itself: its cache and its metadata. A cache
 * key counts within the caller's own key, or callers could put answers into each other's mouths.
 */
export function withAiGatewayHeaders(
  options: AiGatewayOptions,
  header: Headers,
  keyName: string | undefined,
): AiGatewayOptions {
  const ttl = header("cf-aig-cache-ttl");
  const key = header("cf-aig-cache-key");
  const text = header("cf-aig-metadata");
  if (ttl !== undefined && !HEADER_TTL.test(ttl)) throw wrong("cf-aig-cache-ttl", "a number of seconds");
  if (key !== undefined && key.length > MOST_KEY_LENGTH) {
    throw wrong("cf-aig-cache-key", `at most ${MOST_KEY_LENGTH} characters`);
  }
  return {
    ...options,
    ...(ttl !== undefined && { cacheTtl: Number(ttl) }),
    ...(header("cf-aig-skip-cache") === "true" && { skipCache: true }),
    ...(key !== undefined && { cacheKey: `${keyName ?? ""}:${key}` }),
    ...(text !== undefined && { metadata: readMetadata(text) }),
  };
}

/** Up to five values, as an AI Gateway takes them. */
function readMetadata(text: string): Metadata {
  const value = parseJson(text);
  if (isRecord(value) && isMetadata(value) && Object.keys(value).length <= MOST_METADATA) return value;
  throw wrong("cf-aig-metadata", "a JSON object of up to five texts, numbers or booleans");
}

function isMetadata(value: JsonRecord): value is Metadata {
  return Object.values(value).every((member) => ["string", "number", "boolean"].includes(typeof member));
}

function wrong(name: string, expected: string): GatewayError {
  return new GatewayError("invalid_value", `Invalid value for the header '${name}': expected ${expected}.`, {
    param: name,
  });
}
