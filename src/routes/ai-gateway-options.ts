import * as z from "zod/mini";
import type { Config } from "../config/config.ts";
import { deferred } from "../config/reader.ts";
import { GatewayError } from "../errors.ts";
import { parseJson } from "../json.ts";
import type { AiGatewayOptions } from "../workers-ai/binding.ts";

const HEADER_TTL = /^\d{1,7}$/;
const MOST_KEY_LENGTH = 256;

/** Up to five values, as an AI Gateway takes them. */
const metadata = deferred(() =>
  z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .check(z.refine((values) => Object.keys(values).length <= 5)),
);

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

function readMetadata(text: string): z.infer<typeof metadata> {
  const result = metadata.safeParse(parseJson(text));
  if (result.success) return result.data;
  throw wrong("cf-aig-metadata", "a JSON object of up to five texts, numbers or booleans");
}

function wrong(name: string, expected: string): GatewayError {
  return new GatewayError("invalid_value", `Invalid value for the header '${name}': expected ${expected}.`, {
    param: name,
  });
}
