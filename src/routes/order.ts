import { routePath } from "hono/route";
import type { GatewayContext, GatewayEnv } from "../env.ts";
import { GatewayError, toGatewayError } from "../errors.ts";
import { throughAiGateway } from "../gateway/ai-gateway.ts";
import type { CompletionOrder } from "../gateway/complete.ts";
import { complete } from "../gateway/complete.ts";
import type { RunningAnswer } from "../gateway/complete.ts";
import { meterChoices } from "../gateway/meter.ts";
import type { Meter } from "../gateway/meter.ts";
import type { Ports } from "../gateway/ports.ts";
import { createToolCallId } from "../openai/ids.ts";
import { toRateLimitHeaders } from "../openai/rate-limit-headers.ts";
import type { AiBinding, AiGatewayOptions } from "../workers-ai/binding.ts";
import { toAiGatewayOptions, withAiGatewayHeaders } from "./ai-gateway-options.ts";
import { createAdmission } from "./admission.ts";
import { clockOf } from "./request-clock.ts";
import { startMeter } from "./metering.ts";
import type { Metered } from "./metering.ts";
import { toSessionAffinity } from "./session-affinity.ts";

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
  /** How calls go through the AI Gateway; by the settings unless the request says more. */
  readonly aiGateway?: AiGatewayOptions | undefined;
  /** Takes a header for an answer that has not begun. */
  readonly tell?: (name: string, value: string) => void;
}

/** An answer that has begun, and the meter that follows it to its end. */
export interface MeteredAnswer extends RunningAnswer {
  readonly meter: Meter;
}

export function toCaller(c: GatewayContext): Caller {
  const settings = c.get("settings");
  const aiGateway = toAiGatewayOptions(settings.config);
  // Not `c.var`, which makes an object of all variables each time.
  const grant: GatewayEnv["Variables"]["grant"] | undefined = c.get("grant");
  const staticName: string | undefined = c.get("keyName");
  const keyName = grant?.id ?? staticName;
  return {
    binding: c.env.AI,
    settings,
    requestId: c.get("requestId"),
    route: routePath(c, -1),
    keyName,
    grant,
    isStrict: settings.config.STRICT_PARAMETERS || c.req.header("x-flaregate-strict") === "true",
    clock: clockOf(c),
    signal: c.req.raw.signal,
    defer: c.get("defer"),
    follow: (meter) => c.set("meter", meter),
    ...(aiGateway !== undefined && {
      aiGateway: withAiGatewayHeaders(aiGateway, (name) => c.req.header(name), keyName),
      // Several calls tell as much each: the answer lists it all.
      tell: (name, value) => toldHeaders(c).append(name, value),
    }),
    showLimits(limits) {
      for (const [name, value] of Object.entries(toRateLimitHeaders(limits))) toldHeaders(c).set(name, value);
    },
  };
}

/** Not Hono's own headers of an answer to come: with those, it makes and copies two lists of headers for every answer. */
function toldHeaders(c: GatewayContext): Headers {
  const known: Headers | undefined = c.get("toldHeaders");
  if (known !== undefined) return known;
  const told = new Headers();
  c.set("toldHeaders", told);
  return told;
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
    const order: CompletionOrder = {
      models: [request.model, ...(request.models ?? [])],
      toCalls,
      stream: request.stream === true,
      strict: caller.isStrict,
      sessionAffinity: await toSessionAffinity(caller.keyName, cacheKey, request.model),
      signal: caller.signal,
    };
    const running = await complete(order, caller.settings, toPorts(caller, meter));
    return { ...running, choices: meterChoices(running.choices, meter), meter };
  } catch (thrown) {
    meter.fail(toGatewayError(thrown));
    throw thrown;
  }
}

/** The world outside, as an order meets it in production. */
export function toPorts(caller: Caller, meter: Meter): Ports {
  const { binding: bound, settings, aiGateway, tell } = caller;
  if (bound === undefined || typeof bound.run !== "function") {
    throw new GatewayError("misconfigured", "The gateway has no AI binding.");
  }
  const gateway = aiGateway ?? toAiGatewayOptions(settings.config);
  const binding = gateway === undefined ? bound : throughAiGateway(bound, gateway, tell ?? (() => undefined));
  const admit = createAdmission(caller, meter);
  return { binding, clock: caller.clock, random: Math.random, mintToolCallId: createToolCallId, meter, admit };
}
