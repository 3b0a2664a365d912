import { cors } from "hono/cors";
import type { MiddlewareHandler } from "hono";
import type { Config } from "../config/config.ts";
import { CORS_MAX_AGE_SECONDS } from "../config/limits.ts";
import type { GatewayEnv } from "../env.ts";

/**
 * Lets pages of the configured origins call the API. Keys travel in a header, never in a cookie, so no credentials are
 * allowed; the headers that a preflight asks for are granted as asked, because SDKs add to them with every version.
 */
export function crossOrigin(): MiddlewareHandler<GatewayEnv> {
  const known = new WeakMap<Config, MiddlewareHandler>();
  return async function allowOrigins(c, next) {
    const { config } = c.get("settings");
    let handle = known.get(config);
    if (handle === undefined) {
      handle = createHandler(config.CORS_ORIGINS);
      known.set(config, handle);
    }
    return handle(c, next);
  };
}

function createHandler(origins: readonly string[]): MiddlewareHandler {
  return cors({
    origin: origins.includes("*") ? "*" : [...origins],
    allowMethods: ["GET", "POST", "DELETE", "OPTIONS"],
    exposeHeaders: [
      "x-request-id",
      "request-id",
      "openai-processing-ms",
      "retry-after",
      "x-should-retry",
      "x-flaregate-model",
      "x-flaregate-attempts",
      "x-flaregate-parameters",
      "x-flaregate-cost",
      "x-flaregate-neurons",
      "deprecation",
      "sunset",
    ],
    maxAge: CORS_MAX_AGE_SECONDS,
  });
}
