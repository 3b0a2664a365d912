import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import type { GatewayContext, GatewayEnv } from "../env.ts";
import { toOutcomeRecord } from "../gateway/outcome.ts";
import { logRequest } from "../log.ts";

/**
 * Logs every request once: when its answer begins or, of a request for a model, when it is over, streams included. Says
 * on the answer how long it took to begin.
 */
export function accessLog(): MiddlewareHandler<GatewayEnv> {
  return async function logAccess(c, next) {
    const startedAt = Date.now();
    c.set("defer", (work) => defer(c, work));
    await next();
    const milliseconds = Date.now() - startedAt;
    c.res.headers.set("openai-processing-ms", String(milliseconds));
    const record = {
      requestId: c.get("requestId"),
      method: c.req.method,
      route: routePath(c, -1),
      status: c.res.status,
      milliseconds,
      model: c.get("model"),
      keyName: c.get("keyName"),
      keyId: c.get("grant")?.id,
    };
    const { meter }: Partial<GatewayEnv["Variables"]> = c.var;
    if (meter === undefined) return logRequest(record);
    const logged = meter.outcome.then((outcome) => {
      logRequest({ ...record, model: outcome.model ?? record.model, ...toOutcomeRecord(outcome) });
    });
    c.get("defer")(logged);
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
