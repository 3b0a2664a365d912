import type * as z from "zod/mini";
import { GatewayError } from "../errors.ts";
import { isRecord } from "../json.ts";
import { staticKeys } from "./static-keys.ts";
import { withDefault } from "./reader.ts";
import { flag, json, origins, text, unlessEmpty, whole } from "./variables.ts";

/**
 * The settings of the Worker: environment variables and secrets, read once. Every problem is reported at once, by name
 * and without the value, because a value may be a secret.
 */

const HOUR_MS = 3_600_000;
const MEBIBYTE = 1024 * 1024;

/** A month: the longest that an AI Gateway keeps an answer. */
const MOST_CACHE_SECONDS = 2_592_000;

/** Whoever has it can make keys for everything: it is not to be guessed. */
const adminKey = text(/^[\x21-\x7e]{16,256}$/, "16 to 256 printable characters without blanks");

const gatewayId = text(/^[a-zA-Z0-9_-]{0,64}$/, "up to 64 letters, digits, dashes or underscores");

const settings = {
  API_KEYS: withDefault(staticKeys, []),
  ADMIN_KEY: withDefault(unlessEmpty(adminKey), undefined),
  ALLOW_ANONYMOUS: withDefault(flag, false),
  MODEL_ALIASES: withDefault(json(isNames, "a JSON object of alias to model id"), {}),
  MODEL_FALLBACKS: withDefault(json(isLists, "a JSON object of model id to a list of model ids"), {}),
  FIRST_TOKEN_TIMEOUT_MS: withDefault(whole(1, HOUR_MS), 60_000),
  RESPONSE_TIMEOUT_MS: withDefault(whole(1, HOUR_MS), 180_000),
  STALL_TIMEOUT_MS: withDefault(whole(1, HOUR_MS), 30_000),
  STREAM_WINDOW_MS: withDefault(whole(0, 1000), 10),
  REQUEST_TIMEOUT_MS: withDefault(whole(1, HOUR_MS), 600_000),
  MAX_ATTEMPTS: withDefault(whole(1, 10), 3),
  MAX_BODY_BYTES: withDefault(whole(1, 100 * MEBIBYTE), 20 * MEBIBYTE),
  CORS_ORIGINS: withDefault(origins, ["*"]),
  AI_GATEWAY_ID: withDefault(gatewayId, ""),
  AI_GATEWAY_CACHE_TTL: withDefault(whole(0, MOST_CACHE_SECONDS), 0),
  STRICT_PARAMETERS: withDefault(flag, false),
  STORE_RESPONSES: withDefault(flag, true),
  RESPONSE_LIFETIME_DAYS: withDefault(whole(1, 365), 30),
  PLAYGROUND: withDefault(flag, true),
};

export type Config = { [Name in keyof typeof settings]: z.output<(typeof settings)[Name]> };

/** Throws a `misconfigured` error whose cause names every setting that is wrong. */
export function parseConfig(environment: object): Config {
  const given = new Map<string, unknown>(Object.entries(environment));
  const problems: string[] = [];
  const config: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries<z.ZodMiniType>(settings)) {
    const { data, error } = setting.safeParse(given.get(name));
    config[name] = data;
    for (const { message } of error?.issues ?? []) problems.push(`${name}: ${message}`);
  }
  if (problems.length > 0) throw misconfigured(problems);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each member is what its own setting gives
  return config as Config;
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function isNames(value: unknown): value is Record<string, string> {
  return isRecord(value) && Object.entries(value).flat().every(isName);
}

function isLists(value: unknown): value is Record<string, string[]> {
  return isRecord(value) && Object.entries(value).flat(2).every(isName) && Object.values(value).every(Array.isArray);
}

/**
 * The error of a Worker whose settings are wrong. Callers are told that, and not how: they may be anybody. The problems
 * are its cause, an error of ours, so that the log shows them in words.
 */
export function misconfigured(problems: readonly string[]): GatewayError {
  return new GatewayError("misconfigured", "The gateway is not configured correctly; its log says what is wrong.", {
    cause: new GatewayError("misconfigured", problems.join("; ")),
  });
}
