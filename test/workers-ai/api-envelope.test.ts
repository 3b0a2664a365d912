import { describe, expect, it } from "vitest";
import { GatewayError } from "../../src/errors.ts";
import type { ErrorKind } from "../../src/errors.ts";
import { toApiEnvelope, toApiEnvelopeText, toApiErrorEnvelope } from "../../src/workers-ai/api-envelope.ts";
import { upstreamErrors } from "../../src/workers-ai/error-table.ts";

describe("the envelope of Cloudflare's API", () => {
  it.each([{ response: "a" }, [], "text", 0, null])("holds a result: %j", (result) => {
    const envelope = { result, success: true, errors: [], messages: [] };
    expect(toApiEnvelope(result)).toEqual(envelope);
    expect(JSON.parse(toApiEnvelopeText(JSON.stringify(result)))).toEqual(envelope);
  });

  it("holds JSON text as it is", () => {
    expect(toApiEnvelopeText('{ "response": 1e2 }')).toContain('{ "response": 1e2 }');
  });

  it("holds a failure, with Workers AI's own number where it gave one", () => {
    const error = new GatewayError("invalid_request", "No.", { upstreamCode: 8001, param: "prompt" });
    expect(toApiErrorEnvelope(error)).toEqual({
      result: null,
      success: false,
      errors: [{ code: 8001, message: "No." }],
      messages: [],
    });
  });
});

function codeOf(kind: ErrorKind): number | undefined {
  return toApiErrorEnvelope(new GatewayError(kind, "No.")).errors[0]?.code;
}

describe("the number of a failure that came without one", () => {
  it.each<ErrorKind>([
    "invalid_request",
    "model_not_found",
    "context_length_exceeded",
    "content_refused",
    "body_too_large",
    "permission_denied",
    "model_not_allowed",
    "model_agreement_required",
    "plan_required",
    "out_of_capacity",
    "quota_spent",
    "upstream_timeout",
    "json_mode_failed",
    "upstream_internal",
    "upstream_failed",
  ])("is one that says the same of a failure of Workers AI: %s", (kind) => {
    expect(upstreamErrors.get(codeOf(kind) ?? 0)?.kind).toBe(kind);
  });

  it.each<readonly [ErrorKind, ErrorKind]>([
    ["invalid_type", "invalid_request"],
    ["invalid_value", "invalid_request"],
    ["missing_parameter", "invalid_request"],
    ["unsupported_parameter", "invalid_request"],
    ["unsupported_media_type", "invalid_request"],
    ["request_limit_reached", "out_of_capacity"],
    ["token_limit_reached", "out_of_capacity"],
    ["budget_spent", "quota_spent"],
    ["keys_unavailable", "upstream_internal"],
    ["storage_unavailable", "upstream_internal"],
    ["websocket_connection_limit_reached", "upstream_internal"],
    ["misconfigured", "upstream_internal"],
    ["internal", "upstream_internal"],
  ])("says of %s what Workers AI says of %s", (kind, like) => {
    expect(upstreamErrors.get(codeOf(kind) ?? 0)?.kind).toBe(like);
  });

  it.each<readonly [ErrorKind, number]>([
    ["missing_api_key", 10_000],
    ["invalid_api_key", 10_000],
    ["unknown_url", 7000],
    ["not_found", 7000],
    ["key_not_found", 7000],
    ["previous_response_not_found", 7000],
    ["method_not_allowed", 7001],
    ["client_closed", 3008],
  ])("is that of Cloudflare's API where it is no failure of a model: %s, %i", (kind, code) => {
    expect(codeOf(kind)).toBe(code);
  });
});
