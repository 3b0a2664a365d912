import type { ErrorKind, GatewayError } from "../errors.ts";

/** The form of every answer of Cloudflare's API that is no stream of bytes. */
export interface ApiEnvelope {
  readonly result: unknown;
  readonly success: boolean;
  readonly errors: readonly { readonly code: number; readonly message: string }[];
  readonly messages: readonly string[];
}

export function toApiEnvelope(result: unknown): ApiEnvelope {
  return { result, success: true, errors: [], messages: [] };
}

/** The same for a result that is JSON text already. */
export function toApiEnvelopeText(result: string): string {
  return `{"result":${result},"success":true,"errors":[],"messages":[]}`;
}

/** A failure: with Workers AI's own number where it gave one, else with the number that its API gives such failures. */
export function toApiErrorEnvelope({ kind, message, upstreamCode }: GatewayError): ApiEnvelope {
  return { result: null, success: false, errors: [{ code: upstreamCode ?? toApiCode(kind), message }], messages: [] };
}

function toApiCode(kind: ErrorKind): number {
  switch (kind) {
    case "missing_api_key":
    case "invalid_api_key":
      return 10_000;
    case "unknown_url":
    case "not_found":
    case "key_not_found":
    case "previous_response_not_found":
      return 7000;
    case "method_not_allowed":
      return 7001;
    case "invalid_request":
    case "invalid_type":
    case "invalid_value":
    case "missing_parameter":
    case "unsupported_parameter":
    case "unsupported_media_type":
      return 5006;
    case "model_not_found":
      return 5007;
    case "context_length_exceeded":
      return 5021;
    case "content_refused":
      return 3030;
    case "body_too_large":
      return 3006;
    case "client_closed":
      return 3008;
    case "permission_denied":
      return 3023;
    case "model_not_allowed":
      return 5018;
    case "model_agreement_required":
      return 5016;
    case "plan_required":
      return 5035;
    case "out_of_capacity":
    case "request_limit_reached":
    case "token_limit_reached":
      return 3040;
    case "quota_spent":
    case "budget_spent":
      return 3036;
    case "upstream_timeout":
      return 3007;
    case "json_mode_failed":
      return 5024;
    case "upstream_internal":
      return 3043;
    case "upstream_failed":
      return 7009;
    case "keys_unavailable":
    case "storage_unavailable":
    case "websocket_connection_limit_reached":
    case "misconfigured":
    case "internal":
      return 3001;
    default:
      return kind satisfies never;
  }
}
