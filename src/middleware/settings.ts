import type { MiddlewareHandler } from "hono";
import { parseConfig } from "../config/config.ts";
import type { GatewayEnv, Settings } from "../env.ts";
import { createKeyVerifier } from "../keys/verify-key.ts";
import type { ModelEntry } from "../models/model.ts";
import { createModelDirectory } from "../models/resolve.ts";

/**
 * Reads the configuration on the first request of an isolate. A wrong one fails that request and every other with the
 * same error: better no answer than one under settings that nobody meant.
 */
export function settings(extraEntries: readonly ModelEntry[]): MiddlewareHandler<GatewayEnv> {
  const known = new WeakMap<object, Settings>();
  return async function loadSettings(c, next) {
    let loaded = known.get(c.env);
    if (loaded === undefined) {
      const config = parseConfig(c.env);
      const directory = createModelDirectory(config.MODEL_ALIASES, extraEntries);
      loaded = { config, directory, verifyKey: createKeyVerifier(config.API_KEYS) };
      known.set(c.env, loaded);
    }
    c.set("settings", loaded);
    await next();
  };
}
