import { routePath } from "hono/route";
import type { GatewayContext } from "../env.ts";
import { GatewayError, toGatewayError } from "../errors.ts";
import type { CompletionOrder } from "../gateway/complete.ts";
import { complete } from "../gateway/complete.ts";
import type { RunningAnswer } from "../gateway/complete.ts";
import { meterChoices } from "../gateway/meter.ts";
import type { Meter } from "../gateway/meter.ts";
import { systemClock } from "../gateway/ports.ts";
import type { Ports } from "../gateway/ports.ts";
import { createToolCallId } from "../openai/ids.ts";
import type { AiBinding } from "../workers-ai/binding.ts";
import { startMeter } from "./metering.ts";
import type { Metered } from "./metering.ts";

/** What every request for a completion says, whatever its endpoint. */
interface OrderingRequest {
  readonly model: string;
  readonly models: readonly string[] | undefined;
  readonly stream: boolean | undefined;
}

/** For whom an order is run, and with what. No HTTP context: a request may outlive the connection that brought it. */
export interface Caller extends Metered {
  readonly binding: AiBinding | undefined;
  /** Refuse what could only be ignored. */
  readonly isStrict: boolean;
}

/** An answer that has begun, and the meter that follows it to its end. */
export interface MeteredAnswer extends RunningAnswer {
  readonly meter: Meter;
}

export function toCaller(c: GatewayContext): Caller {
  const settings = c.get("settings");
  return {
    binding: c.env.AI,
    settings,
    requestId: c.get("requestId"),
    route: routePath(c, -1),
    keyName: c.get("keyName"),
    isStrict: settings.config.STRICT_PARAMETERS || c.req.header("x-flaregate-strict") === "true",
    signal: c.req.raw.signal,
    defer: c.get("defer"),
    follow: (outcome) => c.set("outcome", outcome),
  };
}

/** Runs a completion for a caller: its signal, its wish for strictness, and the Worker's binding. */
export async function runOrder(
  caller: Caller,
  request: OrderingRequest,
  cacheKey: string | undefined,
  toCalls: CompletionOrder["toCalls"],
): Promise<MeteredAnswer> {
  const meter = startMeter(caller, request.stream === true);
  try {
    const running = await start(caller, meter, request, cacheKey, toCalls);
    return { ...running, choices: meterChoices(running.choices, meter), meter };
  } catch (thrown) {
    meter.fail(toGatewayError(thrown));
    throw thrown;
  }
}

async function start(
  caller: Caller,
  meter: Meter,
  request: OrderingRequest,
  cacheKey: string | undefined,
  toCalls: CompletionOrder["toCalls"],
): Promise<RunningAnswer> {
  const order: CompletionOrder = {
    models: [request.model, ...(request.models ?? [])],
    toCalls,
    stream: request.stream === true,
    strict: caller.isStrict,
    sessionAffinity: cacheKey === undefined ? undefined : await toSessionAffinity(cacheKey),
    signal: caller.signal,
  };
  return complete(order, caller.settings, toPorts(caller, meter));
}

/** The world outside, as an order meets it in production. */
export function toPorts({ binding }: Caller, meter: Meter): Ports {
  if (binding === undefined || typeof binding.run !== "function") {
    throw new GatewayError("misconfigured", "The gateway has no AI binding.");
  }
  return { binding, clock: systemClock, random: Math.random, mintToolCallId: createToolCallId, meter };
}

/** A caller's text does not belong into a header, and a user's name not into another system: the hash keys as well. */
export async function toSessionAffinity(key: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key));
  return Array.from(new Uint8Array(digest, 0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
