import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import type { GatewayEnv } from "../env.ts";
import { logRequest } from "../log.ts";

/** Logs every request when its answer begins, and says on the answer how long that took. */
export function accessLog(): MiddlewareHandler<GatewayEnv> {
  return async function logAccess(c, next) {
    const startedAt = Date.now();
    await next();
    const milliseconds = Date.now() - startedAt;
    c.res.headers.set("openai-processing-ms", String(milliseconds));
    logRequest({
      requestId: c.get("requestId"),
      method: c.req.method,
      route: routePath(c, -1),
      status: c.res.status,
      milliseconds,
      model: c.get("model"),
      keyName: c.get("keyName"),
    });
  };
}
