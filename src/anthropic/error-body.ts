import type { GatewayError } from "../errors.ts";
import { toErrorStatus } from "../openai/error-envelope.ts";
import type { ErrorStatus } from "../openai/error-envelope.ts";

/** The body of every error answer of Anthropic's API, and the payload of an error event in a stream. */
export interface ErrorBody {
  readonly type: "error";
  readonly error: { readonly type: ErrorType; readonly message: string };
  readonly request_id: string;
}

type ErrorType =
  | "invalid_request_error"
  | "authentication_error"
  | "permission_error"
  | "not_found_error"
  | "request_too_large"
  | "rate_limit_error"
  | "timeout_error"
  | "api_error";

/** There is no place for the field at fault and for a code: the message names the one, the status says the other. */
export function toErrorBody(error: GatewayError, requestId: string): ErrorBody {
  return {
    type: "error",
    error: { type: toErrorType(toErrorStatus(error.kind)), message: error.message },
    request_id: requestId,
  };
}

/** Both protocols use the same statuses; with Anthropic a status has one type. */
function toErrorType(status: ErrorStatus): ErrorType {
  switch (status) {
    case 400:
    case 405:
    case 408:
    case 415:
      return "invalid_request_error";
    case 401:
      return "authentication_error";
    case 403:
      return "permission_error";
    case 404:
      return "not_found_error";
    case 413:
      return "request_too_large";
    case 429:
      return "rate_limit_error";
    case 500:
    case 502:
    case 503:
      return "api_error";
    case 504:
      return "timeout_error";
    default:
      return status satisfies never;
  }
}
