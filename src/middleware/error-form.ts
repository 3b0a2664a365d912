import type { MiddlewareHandler } from "hono";
import type { ErrorForm, GatewayEnv } from "../env.ts";

/**
 * Says whose form the errors of these URLs have, also those that are found before the endpoint is reached: a wrong key,
 * a wrong method.
 */
export function errorForm(form: ErrorForm): MiddlewareHandler<GatewayEnv> {
  return async function setErrorForm(c, next) {
    c.set("errorForm", form);
    await next();
    // Where Anthropic's clients look for it; every answer has `x-request-id` anyway.
    if (form === "anthropic") c.res.headers.set("request-id", c.get("requestId"));
  };
}
