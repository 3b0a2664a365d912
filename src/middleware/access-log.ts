import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import type { GatewayContext, GatewayEnv } from "../env.ts";
import type { Meter } from "../gateway/meter.ts";
import { toOutcomeRecord } from "../gateway/outcome.ts";
import type { Outcome } from "../gateway/outcome.ts";
import { logRequest } from "../log.ts";
import { toRequestId } from "./request-id.ts";

/**
 * Names every request and logs it once: when its answer begins or, of a request for a model, when it is over, streams
 * included. Says on the answer its name, how long it took to begin, and what those behind told of it.
 */
export function accessLog(): MiddlewareHandler<GatewayEnv> {
  return async function logAccess(c, next) {
    const startedAt = Date.now();
    const requestId = toRequestId(c);
    c.set("requestId", requestId);
    c.set("defer", (work) => defer(c, work));
    await next();
    const milliseconds = Date.now() - startedAt;
    const { headers } = c.res;
    headers.set("x-request-id", requestId);
    headers.set("openai-processing-ms", String(milliseconds));
    const told: Headers | undefined = c.get("toldHeaders");
    if (told !== undefined) for (const [name, value] of told) headers.set(name, value);
    const record = {
      requestId,
      method: c.req.method,
      route: routePath(c, -1),
      status: c.res.status,
      milliseconds,
      model: c.get("model"),
      keyName: c.get("keyName"),
      keyId: c.get("grant")?.id,
    };
    const meter: Meter | undefined = c.get("meter");
    if (meter === undefined) return logRequest(record);
    const log = (outcome: Outcome) => {
      logRequest({ ...record, model: outcome.model ?? record.model, ...toOutcomeRecord(outcome) });
    };
    const ended = meter.ended();
    // What is over by now needs nothing to be kept alive for.
    if (ended === undefined) c.get("defer")(meter.outcome.then(log));
    else log(ended);
    return undefined;
  };
}

/** Outside the runtime's own calls (in a test) there is no execution context to hold, and nothing that ends early. */
function defer(c: GatewayContext, work: Promise<unknown>): void {
  try {
    c.executionCtx.waitUntil(work);
  } catch {
    // Hono throws where there is none.
  }
}
