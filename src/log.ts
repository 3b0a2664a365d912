import type { GatewayError } from "./errors.ts";

/**
 * The gateway's log: one line of JSON an event, which Workers Logs takes apart by itself. Never a key, a prompt or an
 * answer. Of a request its route and its model are named, and both come from lists of ours.
 */

export interface RequestRecord {
  readonly requestId: string;
  readonly method: string;
  /** The route that matched, not the URL: a URL is the caller's text. */
  readonly route: string;
  readonly status: number;
  /** Milliseconds until the answer began. */
  readonly milliseconds: number;
  readonly model: string | undefined;
  readonly keyName: string | undefined;
}

export function logRequest(record: RequestRecord): void {
  console.log(JSON.stringify({ event: "request", ...record }));
}

/** A failure that is not the caller's, with what an operator needs to find its cause. */
export function logFailure(requestId: string, model: string | undefined, error: GatewayError): void {
  const { kind, message, upstreamCode } = error;
  const cause = describeCause(error);
  console.error(JSON.stringify({ event: "failure", requestId, model, kind, message, upstreamCode, cause }));
}

/**
 * Of the causes only those are shown in words that the gateway wrote itself: the message of any other error may quote
 * the text that caused it. What is left of those is where they came from.
 */
function describeCause(error: GatewayError): string | undefined {
  if (!(error.cause instanceof Error)) return undefined;
  if (error.kind === "misconfigured") return error.cause.message;
  const frames = (error.cause.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return [error.cause.name, ...frames.slice(0, 8).map((line) => line.trim())].join(" ");
}
