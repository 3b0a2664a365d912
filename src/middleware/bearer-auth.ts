import type { MiddlewareHandler } from "hono";
import type { GatewayEnv } from "../env.ts";
import { GatewayError } from "../errors.ts";

const TOKEN = /^Bearer +(\S+) *$/i;

/** A header that brings no credentials at all: clients that were given no key still send one of these. */
const NO_TOKEN = /^(?:Bearer)? *$/i;

/**
 * Lets a request through that brings one of the configured keys, or none where `ALLOW_ANONYMOUS` says so. A key that is
 * brought has to be right even then: a wrong one is a mistake that would only show in production.
 */
export function bearerAuth(): MiddlewareHandler<GatewayEnv> {
  return async function authenticate(c, next) {
    const { config, verifyKey } = c.get("settings");
    const header = readCredentials(c.req.header("authorization"), c.req.header("x-api-key"));
    const hasKeys = config.API_KEYS.length > 0;
    const isAnonymous = NO_TOKEN.test(header);
    if (config.ALLOW_ANONYMOUS && (isAnonymous || !hasKeys)) return next();
    if (!hasKeys) {
      const message = "This gateway has no API keys yet. Its operator sets the secret API_KEYS.";
      throw new GatewayError("missing_api_key", message);
    }
    const token = TOKEN.exec(header)?.[1];
    if (token === undefined) {
      const message = "You didn't provide an API key. Send it in a header: Authorization: Bearer YOUR_KEY.";
      throw new GatewayError("missing_api_key", message);
    }
    const name = await verifyKey(token);
    if (name === undefined) throw new GatewayError("invalid_api_key", "Incorrect API key provided.");
    c.set("keyName", name);
    return next();
  };
}

/** Anthropic's clients send the key alone, in a header of its own; where there are both, the bearer token counts. */
function readCredentials(authorization = "", apiKey = ""): string {
  return NO_TOKEN.test(authorization) && apiKey !== "" ? `Bearer ${apiKey}` : authorization;
}
