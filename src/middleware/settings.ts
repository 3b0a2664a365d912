import type { MiddlewareHandler } from "hono";
import { misconfigured, parseConfig } from "../config/config.ts";
import type { Config } from "../config/config.ts";
import type { Bindings, GatewayEnv, Settings } from "../env.ts";
import { GatewayError } from "../errors.ts";
import { createCapacityMemory } from "../gateway/capacity-memory.ts";
import type { OutcomeSink } from "../gateway/outcome.ts";
import { systemClock } from "../gateway/ports.ts";
import { createManagedKeys } from "../keys/managed-keys.ts";
import { createKeyVerifier } from "../keys/verify-key.ts";
import { logWarning } from "../log.ts";
import type { ModelEntry } from "../models/model.ts";
import { createModelDirectory } from "../models/resolve.ts";
import type { ModelDirectory } from "../models/resolve.ts";

/**
 * Reads the configuration on the first request of an isolate. A wrong one fails that request and every other with the
 * same error: better no answer than one under settings that nobody meant.
 */
export function settings(extraEntries: readonly ModelEntry[]): MiddlewareHandler<GatewayEnv> {
  const known = new WeakMap<object, Settings>();
  // Not async: it only hands on, and each promise around every request is one for all of them.
  return function loadSettings(c, next) {
    let loaded = known.get(c.env);
    if (loaded === undefined) {
      loaded = readSettings(c.env, extraEntries);
      known.set(c.env, loaded);
    }
    c.set("settings", loaded);
    return next();
  };
}

/** What follows from the bindings. Throws a `misconfigured` error. */
export function readSettings(environment: Bindings, extraEntries: readonly ModelEntry[]): Settings {
  const config = parseConfig(environment);
  const directory = readDirectory(config, extraEntries);
  if (config.API_KEYS.length === 0 && config.ADMIN_KEY === undefined && !config.ALLOW_ANONYMOUS) {
    logWarning("Neither API_KEYS nor ADMIN_KEY is set and ALLOW_ANONYMOUS is not true: every request is refused.");
  }
  return {
    config,
    directory,
    modelsReadAt: 0,
    verifyKey: createKeyVerifier(config.API_KEYS),
    managedKeys: environment.KEYS === undefined ? undefined : createManagedKeys(environment.KEYS),
    capacity: createCapacityMemory(systemClock),
    sinks: toSinks(environment),
  };
}

/** What writes an outcome down is loaded with the first one: no answer waits for it. */
function toSinks({ ANALYTICS: dataset }: Bindings): readonly OutcomeSink[] {
  if (dataset === undefined) return [];
  return [async (outcome) => dataset.writeDataPoint((await import("../gateway/analytics.ts")).toDataPoint(outcome))];
}

/** The models under their names. Throws a `misconfigured` error where a setting names a model that there is not. */
function readDirectory(config: Config, extraEntries: readonly ModelEntry[]): ModelDirectory {
  const directory = reportedAsMisconfigured(() => createModelDirectory(config.MODEL_ALIASES, extraEntries));
  const problems: string[] = [];
  for (const [model, fallbacks] of Object.entries(config.MODEL_FALLBACKS)) {
    for (const name of [model, ...fallbacks]) {
      try {
        directory.resolve(name);
      } catch {
        problems.push(`MODEL_FALLBACKS: '${name}' is no model`);
      }
    }
  }
  if (problems.length > 0) throw misconfigured(problems);
  return directory;
}

/** Who calls the gateway is not told the names in its settings; they are for the log. */
function reportedAsMisconfigured<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw error instanceof GatewayError ? misconfigured([error.message]) : error;
  }
}
