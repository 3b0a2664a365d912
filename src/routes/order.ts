import type { GatewayContext } from "../env.ts";
import { GatewayError } from "../errors.ts";
import type { CompletionOrder } from "../gateway/complete.ts";
import { complete } from "../gateway/complete.ts";
import type { RunningAnswer } from "../gateway/complete.ts";
import { systemClock } from "../gateway/ports.ts";
import { createToolCallId } from "../openai/ids.ts";

/** What every request for a completion says, whatever its endpoint. */
interface OrderingRequest {
  readonly model: string;
  readonly models: readonly string[] | undefined;
  readonly stream: boolean | undefined;
}

/** Runs a completion for the client of `c`: its signal, its wish for strictness, and the Worker's binding. */
export async function runOrder(
  c: GatewayContext,
  request: OrderingRequest,
  cacheKey: string | undefined,
  toCalls: CompletionOrder["toCalls"],
): Promise<RunningAnswer> {
  const { AI: binding } = c.env;
  if (binding === undefined || typeof binding.run !== "function") {
    throw new GatewayError("misconfigured", "The gateway has no AI binding.");
  }
  const settings = c.get("settings");
  const order: CompletionOrder = {
    models: [request.model, ...(request.models ?? [])],
    toCalls,
    stream: request.stream === true,
    strict: settings.config.STRICT_PARAMETERS || c.req.header("x-flaregate-strict") === "true",
    sessionAffinity: cacheKey === undefined ? undefined : await toSessionAffinity(cacheKey),
    signal: c.req.raw.signal,
  };
  const ports = { binding, clock: systemClock, random: Math.random, mintToolCallId: createToolCallId };
  return complete(order, settings, ports);
}

/** A caller's text does not belong into a header, and a user's name not into another system: the hash keys as well. */
async function toSessionAffinity(key: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key));
  return Array.from(new Uint8Array(digest, 0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
