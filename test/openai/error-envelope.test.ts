import { describe, expect, it } from "vitest";
import { GatewayError } from "../../src/errors.ts";
import type { ErrorKind } from "../../src/errors.ts";
import { toErrorEnvelope, toErrorHeaders, toErrorStatus } from "../../src/openai/error-envelope.ts";
import { findViolations, publishedSchema } from "../support/published-schemas.ts";

/** Every kind, with what a client gets: a record, so that a new kind is a type error here. */
const kinds: Readonly<Record<ErrorKind, readonly [status: number, type: string, code: string | null]>> = {
  invalid_request: [400, "invalid_request_error", null],
  invalid_type: [400, "invalid_request_error", "invalid_type"],
  invalid_value: [400, "invalid_request_error", "invalid_value"],
  missing_parameter: [400, "invalid_request_error", "missing_required_parameter"],
  unsupported_parameter: [400, "invalid_request_error", "unsupported_parameter"],
  context_length_exceeded: [400, "invalid_request_error", "context_length_exceeded"],
  content_refused: [400, "invalid_request_error", "content_policy_violation"],
  missing_api_key: [401, "invalid_request_error", null],
  invalid_api_key: [401, "invalid_request_error", "invalid_api_key"],
  permission_denied: [403, "permission_error", null],
  model_not_allowed: [403, "permission_error", "model_not_allowed"],
  model_agreement_required: [403, "permission_error", "model_agreement_required"],
  plan_required: [403, "permission_error", "plan_required"],
  model_not_found: [404, "invalid_request_error", "model_not_found"],
  key_not_found: [404, "invalid_request_error", "key_not_found"],
  not_found: [404, "invalid_request_error", null],
  previous_response_not_found: [400, "invalid_request_error", "previous_response_not_found"],
  storage_unavailable: [400, "invalid_request_error", "storage_unavailable"],
  websocket_connection_limit_reached: [400, "invalid_request_error", "websocket_connection_limit_reached"],
  unknown_url: [404, "invalid_request_error", null],
  method_not_allowed: [405, "invalid_request_error", null],
  client_closed: [408, "invalid_request_error", null],
  body_too_large: [413, "invalid_request_error", "request_too_large"],
  unsupported_media_type: [415, "invalid_request_error", null],
  out_of_capacity: [429, "rate_limit_error", "rate_limit_exceeded"],
  request_limit_reached: [429, "requests", "rate_limit_exceeded"],
  token_limit_reached: [429, "tokens", "rate_limit_exceeded"],
  budget_spent: [429, "insufficient_quota", "insufficient_quota"],
  quota_spent: [429, "insufficient_quota", "insufficient_quota"],
  upstream_internal: [500, "server_error", null],
  keys_unavailable: [503, "server_error", null],
  misconfigured: [500, "server_error", null],
  internal: [500, "server_error", null],
  upstream_failed: [502, "server_error", null],
  json_mode_failed: [502, "server_error", "json_mode_failed"],
  upstream_timeout: [504, "server_error", "timeout"],
};

function headersOf(kind: ErrorKind, details: ConstructorParameters<typeof GatewayError>[2] = {}) {
  return toErrorHeaders(new GatewayError(kind, "m", details));
}

describe("an error as the client gets it", () => {
  // The record's keys are the kinds.
  it.each(Object.entries(kinds) as readonly (readonly [ErrorKind, (typeof kinds)[ErrorKind]])[])(
    "%s is %j",
    (kind, [status, type, code]) => {
      const envelope = toErrorEnvelope(new GatewayError(kind, "what happened", { param: "messages[0].role" }));
      expect(toErrorStatus(kind)).toBe(status);
      expect(envelope).toEqual({ error: { message: "what happened", type, param: "messages[0].role", code } });
      expect(findViolations(envelope, publishedSchema("ErrorResponse"))).toEqual([]);
    },
  );

  it("has null where no parameter is at fault", () => {
    expect(toErrorEnvelope(new GatewayError("internal", "m")).error.param).toBeNull();
  });
});

describe("the headers of an error", () => {
  it("tell clients not to repeat what cannot get better", () => {
    expect(headersOf("quota_spent")).toEqual({ "x-should-retry": "false" });
    expect(headersOf("misconfigured")).toEqual({ "x-should-retry": "false" });
    expect(headersOf("upstream_failed", { retryable: true })).toEqual({});
    expect(headersOf("invalid_value")).toEqual({});
  });

  it("say in whole seconds, at least one, when to come back", () => {
    expect(headersOf("out_of_capacity", { retryable: true })).toEqual({ "retry-after": "2" });
    expect(headersOf("out_of_capacity", { retryable: true, retryAfterSeconds: 0 })).toEqual({ "retry-after": "1" });
    expect(headersOf("out_of_capacity", { retryable: true, retryAfterSeconds: 3.2 })).toEqual({ "retry-after": "4" });
    expect(headersOf("upstream_failed", { retryable: true, retryAfterSeconds: 7 })).toEqual({ "retry-after": "7" });
  });

  it("name the methods that the URL serves", () => {
    expect(headersOf("method_not_allowed", { allowedMethods: ["GET", "HEAD"] })).toEqual({ allow: "GET, HEAD" });
  });
});
