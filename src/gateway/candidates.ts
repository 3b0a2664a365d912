import type { Config } from "../config/config.ts";
import { GatewayError } from "../errors.ts";
import type { ModelEntry } from "../models/model.ts";
import { retiredModelError } from "../models/resolve.ts";
import type { ModelDirectory, Resolution } from "../models/resolve.ts";
import type { ParameterReport } from "../translate/parameter-report.ts";
import { refuseIgnored } from "../translate/parameter-report.ts";
import type { GatewaySettings } from "./gateway-settings.ts";

/** What has to be known of an order to find the models that can serve it. */
export interface CandidateOrder<Call> {
  /** Names of models, in the order in which they are to be tried. The first is the one that was asked for. */
  readonly models: readonly string[];
  /** The request, translated for one model. Throws where the model cannot serve it. */
  readonly toCalls: (entry: ModelEntry) => readonly Call[];
  /** Refuse what could only be ignored, and models that are retired. */
  readonly strict: boolean;
  /** False for what only the model that was asked for can answer: the configuration's fallbacks are not tried then. */
  readonly hasFallbacks?: boolean;
}

/** A model that can serve an order, and the order translated for it: the calls that are made at once. */
export interface Candidate<Call> extends Resolution {
  readonly calls: readonly Call[];
}

/** The models of a request, each once, then those that the configuration adds to the first. */
export function toResolutions(
  [first = "", ...rest]: readonly string[],
  fallbacksOf: Config["MODEL_FALLBACKS"],
  directory: ModelDirectory,
): readonly Resolution[] {
  const asked = directory.resolve(first);
  const configured = fallbacksOf[first] ?? fallbacksOf[asked.entry.id] ?? [];
  // The operator's list is for every caller; what this one may not use is not for this one.
  const fallbacks = configured.filter((name) => directory.allows(name));
  const seen = new Set<string>();
  const all = [asked, ...[...rest, ...fallbacks].map((name) => directory.resolve(name))];
  return all.filter(({ entry }) => !seen.has(entry.id) && seen.add(entry.id));
}

/**
 * The models that can serve an order, in the order in which to try them. A model that lacks what the request needs (its
 * window, tools, images, JSON) is passed over where another has it; where none has, the caller is told what the model
 * that was asked for lacks. Models that are known to be out of capacity come last.
 */
export function toCandidates<Call extends { readonly parameters: ParameterReport }>(
  order: CandidateOrder<Call>,
  { config, directory, capacity }: GatewaySettings,
): readonly [Candidate<Call>, ...Candidate<Call>[]] {
  const able: Candidate<Call>[] = [];
  let refusal: unknown;
  const fallbacks = order.hasFallbacks === false ? {} : config.MODEL_FALLBACKS;
  for (const [position, resolution] of toResolutions(order.models, fallbacks, directory).entries()) {
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
