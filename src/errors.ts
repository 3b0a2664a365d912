/**
 * What can go wrong, in the gateway's own words. Everything below `routes/` and `middleware/` throws this one class;
 * `openai/error-envelope.ts` alone knows how a kind looks to a client.
 */
export type ErrorKind =
  // the request
  | "invalid_request"
  | "invalid_type"
  | "invalid_value"
  | "missing_parameter"
  | "unsupported_parameter"
  | "context_length_exceeded"
  | "content_refused"
  | "missing_api_key"
  | "invalid_api_key"
  | "model_not_found"
  | "key_not_found"
  | "not_found"
  | "previous_response_not_found"
  | "storage_unavailable"
  | "websocket_connection_limit_reached"
  | "unknown_url"
  | "method_not_allowed"
  | "body_too_large"
  | "unsupported_media_type"
  | "client_closed"
  // the limits of a key
  | "request_limit_reached"
  | "token_limit_reached"
  | "budget_spent"
  // the account and its capacity
  | "permission_denied"
  | "model_not_allowed"
  | "model_agreement_required"
  | "plan_required"
  | "out_of_capacity"
  | "quota_spent"
  // the upstream
  | "upstream_internal"
  | "upstream_failed"
  | "upstream_timeout"
  | "json_mode_failed"
  // this Worker
  | "keys_unavailable"
  | "misconfigured"
  | "internal";

export interface GatewayErrorDetails {
  /** The request field at fault, in OpenAI's notation: `messages[0].role`. */
  param?: string | undefined;
  /** A repeat of the same call may succeed. */
  retryable?: boolean | undefined;
  /** Seconds after which a repeat may succeed: the upstream's figure, or until a limit has room again. */
  retryAfterSeconds?: number | undefined;
  /** The upstream's own error number (`5006`), for the log. */
  upstreamCode?: number | undefined;
  /** The methods that the URL does serve; with `method_not_allowed` only. */
  allowedMethods?: readonly string[] | undefined;
  cause?: unknown;
}

/** The one error class. `message` is written for the caller: no upstream internals, no key, no prompt. */
export class GatewayError extends Error {
  override readonly name = "GatewayError";
  readonly kind: ErrorKind;
  readonly param: string | undefined;
  readonly retryable: boolean;
  readonly retryAfterSeconds: number | undefined;
  readonly upstreamCode: number | undefined;
  readonly allowedMethods: readonly string[] | undefined;

  constructor(kind: ErrorKind, message: string, details: GatewayErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.kind = kind;
    this.param = details.param;
    this.retryable = details.retryable ?? false;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.upstreamCode = details.upstreamCode;
    this.allowedMethods = details.allowedMethods;
  }
}

/** What was thrown, as a `GatewayError`: itself, or an `internal` one that says nothing of the cause to the caller. */
export function toGatewayError(thrown: unknown): GatewayError {
  if (thrown instanceof GatewayError) return thrown;
  return new GatewayError("internal", "The gateway failed while it handled the request.", { cause: thrown });
}
