import { GatewayError } from "./errors.ts";

/**
 * The gateway's log: one line of JSON an event, which Workers Logs takes apart by itself. Never a key, a prompt or an
 * answer. Of a request its route and its model are named: the route is one of ours, and a model's id has a form.
 */

export interface RequestRecord extends Partial<OutcomeRecord> {
  readonly requestId: string;
  readonly method: string;
  /** The route that matched, not the URL: a URL is the caller's text. */
  readonly route: string;
  readonly status: number;
  /** Milliseconds until the answer began. */
  readonly milliseconds: number;
  readonly model: string | undefined;
  readonly keyName: string | undefined;
  /** Of a managed key, whose name others may share. */
  readonly keyId: string | undefined;
}

/** What became of a request for a model. What is `undefined` does not show in the line. */
export interface OutcomeRecord {
  readonly ending: string;
  readonly error: string | undefined;
  readonly attempts: number;
  /** Milliseconds until the first events of the answer were there. */
  readonly firstEventMs: number | undefined;
  readonly totalMs: number;
  readonly promptTokens: number | undefined;
  readonly cachedTokens: number | undefined;
  readonly completionTokens: number | undefined;
  /** Some of the counts are the gateway's own estimate. */
  readonly isEstimated: boolean;
  readonly dollars: number | undefined;
  readonly neurons: number | undefined;
}

export function logRequest(record: RequestRecord): void {
  console.log(JSON.stringify({ event: "request", ...record }));
}

/** A request for a model that has no HTTP answer of its own: a response in the background, a message of a WebSocket. */
export function logRun(
  record: Pick<RequestRecord, "requestId" | "route" | "model" | "keyName" | "keyId"> & OutcomeRecord,
): void {
  console.log(JSON.stringify({ event: "run", ...record }));
}

/** A failure that is not the caller's, with what an operator needs to find its cause. */
export function logFailure(requestId: string, model: string | undefined, error: GatewayError): void {
  const { kind, message, upstreamCode } = error;
  const cause = describeCause(error.cause);
  console.error(JSON.stringify({ event: "failure", requestId, model, kind, message, upstreamCode, cause }));
}

/** Something that the operator should know and that fails no request by itself. */
export function logWarning(message: string): void {
  console.warn(JSON.stringify({ event: "warning", message }));
}

const MAX_FRAMES = 8;

/** `at name (file:line:column)`, in which nothing but names and places stands. */
const FRAME = /^\s+at (?:[\w$.<># [\]]{1,120} \()?[\w$./:@~%?=&-]{1,300}:\d+:\d+\)?$/;

/**
 * Of the causes only those are shown in words that the gateway wrote itself: the message of any other error may quote
 * the text that caused it. What is left of those is their class and where they came from. The message is part of the
 * stack, so it is cut off there before anything is taken for a frame.
 */
function describeCause(cause: unknown): string | undefined {
  try {
    if (cause instanceof GatewayError) return cause.message;
    if (!(cause instanceof Error)) return cause === undefined ? undefined : typeof cause;
    const { name, message, stack = "" } = cause;
    const frames = stack
      .slice(Math.max(0, stack.indexOf(message)) + message.length)
      .split("\n")
      .filter((line) => FRAME.test(line))
      .slice(0, MAX_FRAMES);
    return [/^\w{1,40}$/.test(name) ? name : "Error", ...frames.map((frame) => frame.trim())].join(" ");
  } catch {
    // What was thrown may be anything, even an error whose members throw.
    return "unreadable";
  }
}
