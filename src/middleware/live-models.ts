import type { MiddlewareHandler, Next } from "hono";
import type { GatewayContext, GatewayEnv, Settings } from "../env.ts";
import { logWarning } from "../log.ts";
import { catalogue } from "../models/catalogue.ts";
import type { ModelEntry } from "../models/model.ts";
import { createModelDirectory } from "../models/resolve.ts";

/** How long a list of Workers AI's models is good for, and how long a failure to read it is left alone. */
const REFRESH_MS = 60 * 60 * 1000;

/**
 * Keeps the catalogue up to date with what Workers AI publishes. The list is read behind an answer, once an hour and
 * isolate; no request waits for it, and without it the catalogue of this version goes on.
 */
export function liveModels(extraEntries: readonly ModelEntry[]): MiddlewareHandler<GatewayEnv> {
  // Not async where there is nothing to do: each promise around every request is one for all of them.
  return function refreshModels(c, next) {
    return isFresh(c.get("settings")) ? next() : refreshBehind(c, next);
  };

  async function refreshBehind(c: GatewayContext, next: Next): Promise<void> {
    // Those of the isolate: what a key may not see is left out of the settings of its request.
    const settings = c.get("settings");
    await next();
    const { AI: binding } = c.env;
    // Another request may have begun to read the list meanwhile.
    if (binding?.models === undefined || isFresh(settings)) return;
    settings.modelsReadAt = Date.now();
    const refreshed = binding.models().then(
      async (published) => {
        const { refineCatalogue } = await import("../models/refine.ts");
        const entries = refineCatalogue(catalogue, published);
        settings.directory = createModelDirectory(settings.config.MODEL_ALIASES, extraEntries, entries);
      },
      () => logWarning("Workers AI's list of models could not be read; the built-in catalogue goes on."),
    );
    c.get("defer")(refreshed);
  }
}

function isFresh({ modelsReadAt }: Settings): boolean {
  return Date.now() < modelsReadAt + REFRESH_MS;
}
