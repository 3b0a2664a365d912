import type { Config } from "../config/config.ts";
import { GatewayError } from "../errors.ts";
import { retiredModelError } from "../models/resolve.ts";
import type { ModelDirectory, Resolution } from "../models/resolve.ts";
import type { ModelCall } from "../translate/inputs.ts";
import { refuseIgnored } from "../translate/parameter-report.ts";
import type { CapacityMemory } from "./capacity-memory.ts";
import type { CompletionOrder } from "./complete.ts";

/** A model that can serve an order, and the order translated for it. */
export interface Candidate extends Resolution {
  readonly calls: readonly ModelCall[];
}

/** The models of a request, each once, then those that the configuration adds to the first. */
export function toResolutions(
  [first = "", ...rest]: readonly string[],
  config: Config,
  directory: ModelDirectory,
): readonly Resolution[] {
  const asked = directory.resolve(first);
  const fallbacks = config.MODEL_FALLBACKS[first] ?? config.MODEL_FALLBACKS[asked.entry.id] ?? [];
  const seen = new Set<string>();
  const all = [asked, ...[...rest, ...fallbacks].map((name) => directory.resolve(name))];
  return all.filter(({ entry }) => !seen.has(entry.id) && seen.add(entry.id));
}

/**
 * The models that can serve an order, in the order in which to try them. A model that lacks what the request needs (its
 * window, tools, images, JSON) is passed over where another has it; where none has, the caller is told what the model
 * that was asked for lacks. Models that are known to be out of capacity come last.
 */
export function toCandidates(
  order: CompletionOrder,
  config: Config,
  directory: ModelDirectory,
  capacity: CapacityMemory,
): readonly [Candidate, ...Candidate[]] {
  const able: Candidate[] = [];
  let refusal: unknown;
  for (const [position, resolution] of toResolutions(order.models, config, directory).entries()) {
    const { entry, retired } = resolution;
    const isAsked = position === 0;
    if (order.strict && retired !== undefined && isAsked) throw retiredModelError(retired);
    try {
      const calls = order.toCalls(entry);
      if (order.strict && calls[0] !== undefined) refuseIgnored(calls[0].parameters, entry.id);
      able.push({ ...resolution, calls });
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      refusal ??= error;
    }
  }
  const ready = able.filter(({ entry }) => capacity.isReady(entry.id));
  const [candidate, ...others] = [...ready, ...able.filter((other) => !ready.includes(other))];
  if (candidate === undefined) throw refusal;
  return [candidate, ...others];
}
