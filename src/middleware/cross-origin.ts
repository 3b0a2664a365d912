import type { MiddlewareHandler, Next } from "hono";
import type { Config } from "../config/config.ts";
import { CORS_MAX_AGE_SECONDS } from "../config/limits.ts";
import type { GatewayContext, GatewayEnv } from "../env.ts";

/** What a page may read of an answer beside its body. */
const EXPOSED_HEADERS = [
  "x-request-id",
  "request-id",
  "openai-processing-ms",
  "retry-after",
  "x-should-retry",
  "x-ratelimit-limit-requests",
  "x-ratelimit-remaining-requests",
  "x-ratelimit-reset-requests",
  "x-ratelimit-limit-tokens",
  "x-ratelimit-remaining-tokens",
  "x-ratelimit-reset-tokens",
  "x-flaregate-model",
  "x-flaregate-attempts",
  "x-flaregate-parameters",
  "x-flaregate-cost",
  "x-flaregate-neurons",
  "cf-aig-log-id",
  "cf-aig-cache-status",
  "deprecation",
  "sunset",
];

const EXPOSED = EXPOSED_HEADERS.join(",");

/**
 * Lets pages of the configured origins call the API. Keys travel in a header, never in a cookie, so no credentials are
 * allowed; the headers that a preflight asks for are granted as asked, because SDKs add to them with every version.
 *
 * Only a preflight is Hono's to answer: for any other request its `cors` makes a response before there is one, and
 * copying that into the answer took 150 µs of the 350 that passing an answer through takes on a busy machine.
 */
export function crossOrigin(): MiddlewareHandler<GatewayEnv> {
  const preflights = new WeakMap<Config, MiddlewareHandler>();
  return function allowOrigins(c, next) {
    if (c.req.method === "OPTIONS") return answerPreflight(c, next);
    // What no page has sent and no cache keeps is answered without: the headers are a third of those of an answer.
    return c.req.method === "POST" && c.req.header("origin") === undefined ? next() : tellOrigins(c, next);
  };

  async function answerPreflight(c: GatewayContext, next: Next): Promise<Response | void> {
    const { config } = c.get("settings");
    let answer = preflights.get(config);
    if (answer === undefined) preflights.set(config, (answer = await createPreflight(config.CORS_ORIGINS)));
    return answer(c, next);
  }
}

async function tellOrigins(c: GatewayContext, next: Next): Promise<void> {
  await next();
  const { CORS_ORIGINS: origins } = c.get("settings").config;
  const { headers } = c.res;
  const isOpen = origins.includes("*");
  const origin = isOpen ? "*" : (c.req.header("origin") ?? "");
  if (isOpen || origins.includes(origin)) headers.set("access-control-allow-origin", origin);
  if (!isOpen) headers.append("vary", "Origin");
  headers.set("access-control-expose-headers", EXPOSED);
}

async function createPreflight(origins: readonly string[]): Promise<MiddlewareHandler> {
  const { cors } = await import("hono/cors");
  return cors({
    origin: origins.includes("*") ? "*" : [...origins],
    allowMethods: ["GET", "POST", "DELETE", "OPTIONS"],
    exposeHeaders: EXPOSED_HEADERS,
    maxAge: CORS_MAX_AGE_SECONDS,
  });
}
