import { toGatewayError } from "../errors.ts";
import type { Meter } from "../gateway/meter.ts";
import type { Outcome } from "../gateway/outcome.ts";
import type { Ports } from "../gateway/ports.ts";
import type { Settlement } from "../keys/key-account.ts";
import { logFailure } from "../log.ts";
import type { Metered } from "./metering.ts";

/** How much longer than the request itself a reservation lasts, so that one that is settled late has not expired. */
const SETTLEMENT_MS = 60_000;

/**
 * Keeps room for a request under the limits of its managed key, and settles what it used when it is over, whichever way
 * it ends. `undefined` for a caller without such a key.
 */
export function createAdmission(metered: Metered, meter: Meter): Ports["admit"] {
  const { grant, settings, requestId, defer, showLimits } = metered;
  const keys = settings.managedKeys;
  if (grant === undefined || keys === undefined) return undefined;
  return async (model, estimate) => {
    const reservation = crypto.randomUUID();
    const lifetimeMs = settings.config.REQUEST_TIMEOUT_MS + SETTLEMENT_MS;
    const reply = await keys.reserve(grant, reservation, estimate, lifetimeMs);
    showLimits(reply);
    if (reply.status === "refused") {
      const { toLimitError } = await import("../keys/limit-error.ts");
      throw toLimitError(reply.refusal, reply.settings.name, estimate.tokens);
    }
    const settled = meter.outcome.then((outcome) => keys.settle(grant, reservation, toSettlement(outcome, model)));
    defer(settled.catch((thrown: unknown) => logFailure(requestId, model, toGatewayError(thrown))));
  };
}

/** What was not used, because nothing was called or the call was refused, counts as 0; a cost may be unknown. */
function toSettlement({ model, ending, usage, cost }: Outcome, asked: string): Settlement {
  return {
    tokens: usage?.totalTokens ?? 0,
    dollars: cost?.dollars,
    usage: {
      model: model ?? asked,
      errors: ending === "failed" || ending === "broken" ? 1 : 0,
      prompt_tokens: usage?.promptTokens ?? 0,
      cached_tokens: usage?.cachedTokens ?? 0,
      completion_tokens: usage?.completionTokens ?? 0,
      cost: cost?.dollars ?? 0,
      neurons: cost?.neurons ?? 0,
    },
  };
}
