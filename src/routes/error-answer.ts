import { getPathNoStrict } from "hono/utils/url";
import { toErrorBody } from "../anthropic/error-body.ts";
import type { ErrorForm, GatewayContext, GatewayEnv } from "../env.ts";
import { GatewayError, toGatewayError } from "../errors.ts";
import { logFailure } from "../log.ts";
import { printableName } from "../models/model-name.ts";
import { toApiErrorEnvelope } from "../workers-ai/api-envelope.ts";
import { toErrorEnvelope, toErrorHeaders, toErrorStatus } from "../openai/error-envelope.ts";

/** The one place where an exception becomes an answer. */
export function answerError(thrown: unknown, c: GatewayContext): Response {
  const error = toGatewayError(thrown);
  const status = toErrorStatus(error.kind);
  // Most failures it knows already; one between its start and the answer nobody else tells it of.
  const { meter }: Partial<GatewayEnv["Variables"]> = c.var;
  meter?.fail(error);
  if (status >= 500) logFailure(c.get("requestId"), c.get("model"), error);
  const body = toBody(error, c.get("errorForm") ?? "openai", c.get("requestId"));
  return c.json(body, status, toErrorHeaders(error));
}

function toBody(error: GatewayError, form: ErrorForm, requestId: string): object {
  switch (form) {
    case "openai":
      return toErrorEnvelope(error);
    case "anthropic":
      return toErrorBody(error, requestId);
    case "cloudflare":
      return toApiErrorEnvelope(error);
    default:
      return form satisfies never;
  }
}

export function answerUnknownUrl(c: GatewayContext): Response {
  const message = `Unknown request URL: ${c.req.method} ${showPath(c)}. See the README for the URLs that exist.`;
  return answerError(new GatewayError("unknown_url", message), c);
}

/** For a URL that exists, asked with a method that it does not serve. */
export function refuseMethod(allowedMethods: readonly string[]): (c: GatewayContext) => Response {
  return (c) => {
    const message = `Not allowed to ${c.req.method} on ${showPath(c)}. Allowed: ${allowedMethods.join(", ")}.`;
    return answerError(new GatewayError("method_not_allowed", message, { allowedMethods }), c);
  };
}

/** The path is the caller's text, of any length and with any characters. */
function showPath(c: GatewayContext): string {
  return printableName(getPathNoStrict(c.req.raw));
}
