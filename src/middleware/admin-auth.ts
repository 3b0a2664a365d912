import type { MiddlewareHandler } from "hono";
import type { GatewayEnv } from "../env.ts";
import { GatewayError } from "../errors.ts";
import { digestKey, isSameDigest } from "../keys/key-token.ts";
import { limitAddress } from "./address-limit.ts";
import { readBearerToken } from "./bearer-auth.ts";

/** Lets a request through that brings the admin key. No client's key is one. */
export function adminAuth(): MiddlewareHandler<GatewayEnv> {
  return async function authenticateAdmin(c, next) {
    const { ADMIN_KEY } = c.get("settings").config;
    if (ADMIN_KEY === undefined) {
      const message = "The admin API is off. The operator of this gateway turns it on with the secret ADMIN_KEY.";
      throw new GatewayError("missing_api_key", message);
    }
    const token = readBearerToken(c.req.header("authorization") ?? "");
    if (token !== undefined && isSameDigest(await digestKey(token), await digestKey(ADMIN_KEY))) return next();
    await limitAddress(c);
    if (token !== undefined) throw new GatewayError("invalid_api_key", "Incorrect admin key provided.");
    const message = "You didn't provide the admin key. Send it in a header: Authorization: Bearer ADMIN_KEY.";
    throw new GatewayError("missing_api_key", message);
  };
}
