import type { GatewayError } from "../errors.ts";

/** What can be done about a failure before anything was sent to the client. */
export type Recovery = "repeat" | "next-model" | "give-up";

/**
 * What cannot get better is not repeated. What is wrong with one model (it is gone, not allowed, too small, fails in
 * its JSON mode) may be right with the next; what is wrong with the request or the account is wrong with all.
 */
export function toRecovery(failure: GatewayError): Recovery {
  if (failure.retryable) return "repeat";
  switch (failure.kind) {
    case "model_not_found":
    case "model_not_allowed":
    case "model_agreement_required":
    case "plan_required":
    case "context_length_exceeded":
    case "json_mode_failed":
    case "unsupported_parameter":
    case "upstream_internal":
    case "upstream_failed":
      return "next-model";
    case "invalid_request":
    case "invalid_type":
    case "invalid_value":
    case "missing_parameter":
    case "content_refused":
    case "missing_api_key":
    case "invalid_api_key":
    case "key_not_found":
    case "request_limit_reached":
    case "token_limit_reached":
    case "budget_spent":
    case "not_found":
    case "previous_response_not_found":
    case "storage_unavailable":
    case "websocket_connection_limit_reached":
    case "unknown_url":
    case "method_not_allowed":
    case "body_too_large":
    case "unsupported_media_type":
    case "client_closed":
    case "permission_denied":
    case "out_of_capacity":
    case "quota_spent":
    case "keys_unavailable":
    case "misconfigured":
    case "internal":
    // The one timeout that is not repeated is that of the whole request: no time is left for another model either.
    case "upstream_timeout":
      return "give-up";
    default:
      return failure.kind satisfies never;
  }
}
