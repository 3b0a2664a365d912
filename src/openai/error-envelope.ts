import type { ErrorKind, GatewayError } from "../errors.ts";

/** The body of every error answer, and the payload of an error frame in a stream. All four members are required. */
export interface ErrorEnvelope {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string | null;
  };
}

export type ErrorStatus = 400 | 401 | 403 | 404 | 405 | 408 | 413 | 415 | 429 | 500 | 502 | 503 | 504;

interface WireError {
  readonly status: ErrorStatus;
  readonly type:
    | "invalid_request_error"
    | "permission_error"
    | "rate_limit_error"
    | "requests"
    | "tokens"
    | "insufficient_quota"
    | "server_error";
  readonly code: string | null;
}

/** Seconds to wait that we name for capacity trouble when the upstream names none; official clients wait as told. */
const CAPACITY_RETRY_AFTER_SECONDS = 2;

export function toErrorEnvelope(error: GatewayError): ErrorEnvelope {
  const { type, code } = toWireError(error.kind);
  return { error: { message: error.message, type, param: error.param ?? null, code } };
}

export function toErrorStatus(kind: ErrorKind): ErrorStatus {
  return toWireError(kind).status;
}

/**
 * Headers that steer the official clients' retries: they repeat 408, 409, 429 and 5xx twice unless told otherwise, so
 * what cannot get better says so.
 */
export function toErrorHeaders(error: GatewayError): Record<string, string> {
  const headers: Record<string, string> = {};
  const status = toErrorStatus(error.kind);
  if (error.kind === "out_of_capacity") {
    headers["retry-after"] = String(Math.max(1, Math.ceil(error.retryAfterSeconds ?? CAPACITY_RETRY_AFTER_SECONDS)));
  } else if (error.retryAfterSeconds !== undefined) {
    headers["retry-after"] = String(Math.max(1, Math.ceil(error.retryAfterSeconds)));
  }
  if ((status === 429 || status >= 500) && !error.retryable) headers["x-should-retry"] = "false";
  if (error.allowedMethods !== undefined) headers["allow"] = error.allowedMethods.join(", ");
  return headers;
}

/** The one place where a kind of failure becomes a status, a `type` and a `code`. */
function toWireError(kind: ErrorKind): WireError {
  switch (kind) {
    case "invalid_request":
      return { status: 400, type: "invalid_request_error", code: null };
    case "missing_parameter":
      return { status: 400, type: "invalid_request_error", code: "missing_required_parameter" };
    case "invalid_type":
    case "invalid_value":
    case "unsupported_parameter":
    case "context_length_exceeded":
    case "previous_response_not_found":
    case "storage_unavailable":
    case "websocket_connection_limit_reached":
      return { status: 400, type: "invalid_request_error", code: kind };
    case "content_refused":
      return { status: 400, type: "invalid_request_error", code: "content_policy_violation" };
    case "missing_api_key":
      return { status: 401, type: "invalid_request_error", code: null };
    case "invalid_api_key":
      return { status: 401, type: "invalid_request_error", code: "invalid_api_key" };
    case "permission_denied":
      return { status: 403, type: "permission_error", code: null };
    case "model_not_allowed":
    case "model_agreement_required":
    case "plan_required":
      return { status: 403, type: "permission_error", code: kind };
    case "model_not_found":
      return { status: 404, type: "invalid_request_error", code: "model_not_found" };
    case "key_not_found":
      return { status: 404, type: "invalid_request_error", code: kind };
    case "not_found":
    case "unknown_url":
      return { status: 404, type: "invalid_request_error", code: null };
    case "method_not_allowed":
      return { status: 405, type: "invalid_request_error", code: null };
    case "body_too_large":
      return { status: 413, type: "invalid_request_error", code: "request_too_large" };
    case "unsupported_media_type":
      return { status: 415, type: "invalid_request_error", code: null };
    case "out_of_capacity":
      return { status: 429, type: "rate_limit_error", code: "rate_limit_exceeded" };
    case "request_limit_reached":
      return { status: 429, type: "requests", code: "rate_limit_exceeded" };
    case "token_limit_reached":
      return { status: 429, type: "tokens", code: "rate_limit_exceeded" };
    case "budget_spent":
    case "quota_spent":
      return { status: 429, type: "insufficient_quota", code: "insufficient_quota" };
    case "client_closed":
      // Nobody reads it; the log shows it.
      return { status: 408, type: "invalid_request_error", code: null };
    case "upstream_internal":
    case "misconfigured":
    case "internal":
      return { status: 500, type: "server_error", code: null };
    case "upstream_failed":
      return { status: 502, type: "server_error", code: null };
    case "keys_unavailable":
      return { status: 503, type: "server_error", code: null };
    case "json_mode_failed":
      return { status: 502, type: "server_error", code: "json_mode_failed" };
    case "upstream_timeout":
      return { status: 504, type: "server_error", code: "timeout" };
    default:
      return kind satisfies never;
  }
}
