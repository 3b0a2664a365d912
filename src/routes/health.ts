import type { GatewayContext } from "../env.ts";

/** `GET /healthz`: the Worker runs and its configuration is valid. Workers AI is not asked: that costs neurons. */
export function health(c: GatewayContext): Response {
  return c.json({ status: "ok" });
}
