import type { MiddlewareHandler } from "hono";
import type { Config } from "../config/config.ts";
import type { GatewayContext, GatewayEnv } from "../env.ts";
import { GatewayError } from "../errors.ts";
import { readKeyId } from "../keys/key-token.ts";
import { restrictDirectory } from "../models/restrict.ts";
import { limitAddress } from "./address-limit.ts";

const TOKEN = /^Bearer +(\S+) *$/i;

/** A header that brings no credentials at all: clients that were given no key still send one of these. */
const NO_TOKEN = /^(?:Bearer)? *$/i;

/**
 * Lets a request through that brings a configured or a managed key, or none where `ALLOW_ANONYMOUS` says so. A key that
 * is brought has to be right even then: a wrong one is a mistake that would only show in production.
 */
export function bearerAuth(): MiddlewareHandler<GatewayEnv> {
  return async function authenticate(c, next) {
    const { config } = c.get("settings");
    const header = readCredentials(c.req.header("authorization"), c.req.header("x-api-key"));
    const token = readBearerToken(header);
    if (token !== undefined && (await identify(c, token))) return next();
    await limitAddress(c);
    if (config.ALLOW_ANONYMOUS && isAnonymous(header, token, config)) return next();
    throw refuse(token, config);
  };
}

/** Anthropic's clients send the key alone, in a header of its own; where there are both, the bearer token counts. */
function readCredentials(authorization = "", apiKey = ""): string {
  return NO_TOKEN.test(authorization) && apiKey !== "" ? `Bearer ${apiKey}` : authorization;
}

export function readBearerToken(header: string): string | undefined {
  return TOKEN.exec(header)?.[1];
}

/** Whether the token is a key, static or managed. What follows knows whose, and which models it may use. */
async function identify(c: GatewayContext, token: string): Promise<boolean> {
  const settings = c.get("settings");
  const name = await settings.verifyKey(token);
  if (name !== undefined) {
    c.set("keyName", name);
    c.set("staticKey", token);
    return true;
  }
  const grant = await settings.managedKeys?.authenticate(token);
  if (grant === undefined) return false;
  c.set("keyName", grant.settings.name);
  c.set("grant", grant);
  c.set("settings", { ...settings, directory: restrictDirectory(settings.directory, grant.settings.models) });
  return true;
}

/** Where no key is configured any is taken, but for one that claims to be managed. */
function isAnonymous(header: string, token: string | undefined, { API_KEYS }: Config): boolean {
  if (NO_TOKEN.test(header)) return true;
  return API_KEYS.length === 0 && (token === undefined || readKeyId(token) === undefined);
}

function refuse(token: string | undefined, { API_KEYS, ADMIN_KEY }: Config): GatewayError {
  if (API_KEYS.length === 0 && ADMIN_KEY === undefined) {
    const message = "This gateway has no API keys yet. Its operator sets API_KEYS, or ADMIN_KEY to make some.";
    return new GatewayError("missing_api_key", message);
  }
  if (token !== undefined) return new GatewayError("invalid_api_key", "Incorrect API key provided.");
  const message = "You didn't provide an API key. Send it in a header: Authorization: Bearer YOUR_KEY.";
  return new GatewayError("missing_api_key", message);
}
