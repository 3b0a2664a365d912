import { describe, expect, it } from "vitest";
import { GatewayError } from "../../src/errors.ts";
import type { ErrorKind } from "../../src/errors.ts";
import { upstreamErrors } from "../../src/workers-ai/error-table.ts";
import {
  toErrorFromFrame,
  toErrorFromResponse,
  toErrorFromText,
  toErrorFromThrown,
} from "../../src/workers-ai/upstream-error.ts";

interface Row {
  readonly code: number;
  readonly status: number;
  readonly description: string;
  readonly kind: ErrorKind;
  readonly param?: string;
  readonly retryable?: true;
}

const nullContent =
  "Error: oneOf at '/' not met, 0 matches: required properties at '/' are 'prompt', Type mismatch of '/messages/1/content', 'string' not in 'null'";
const longPrompt =
  '{"error":{"message":"This model\'s maximum context length is 24000 tokens. Please reduce the length.","code":400}}';

/** Workers AI's errors, each as it is seen. */
const rows: readonly Row[] = [
  { code: 5007, status: 400, description: "No such model @cf/x or task", kind: "model_not_found", param: "model" },
  { code: 3042, status: 404, description: "The model ID is invalid", kind: "model_not_found", param: "model" },
  {
    code: 5028,
    status: 400,
    description: "Model x was deprecated on 2026-05-30.",
    kind: "model_not_found",
    param: "model",
  },
  { code: 5006, status: 400, description: nullContent, kind: "invalid_request", param: "messages[1].content" },
  { code: 5004, status: 400, description: "Invalid base64", kind: "invalid_request" },
  { code: 3003, status: 400, description: "Missing headers", kind: "internal" },
  { code: 1001, status: 400, description: "prompt and messages are mutually exclusive", kind: "invalid_request" },
  { code: 3010, status: 400, description: "Invalid or incomplete input", kind: "invalid_request" },
  {
    code: 3010,
    status: 413,
    description: "The context window is too small",
    kind: "context_length_exceeded",
    param: "messages",
  },
  { code: 8001, status: 400, description: "Invalid input", kind: "invalid_request" },
  { code: 8006, status: 400, description: "Invalid data", kind: "invalid_request", param: "tool_choice" },
  {
    code: 8007,
    status: 400,
    description: '{"message":"Assistant tool call function.arguments must be valid JSON.","code":400}',
    kind: "invalid_request",
  },
  { code: 8007, status: 400, description: longPrompt, kind: "context_length_exceeded", param: "messages" },
  { code: 8008, status: 500, description: "Internal server error", kind: "upstream_internal", retryable: true },
  { code: 3001, status: 500, description: "Internal error", kind: "upstream_internal", retryable: true },
  { code: 3043, status: 500, description: "Internal server error", kind: "upstream_internal", retryable: true },
  {
    code: 5021,
    status: 413,
    description:
      "The estimated number of input and maximum output tokens (24001) exceeded this model context window limit (24000).",
    kind: "context_length_exceeded",
    param: "messages",
  },
  { code: 3006, status: 413, description: "Request is too large", kind: "body_too_large" },
  {
    code: 5023,
    status: 400,
    description: "JSON Schema mode is not supported with stream mode",
    kind: "invalid_request",
    param: "response_format",
  },
  { code: 5024, status: 400, description: "JSON Mode couldn't be met", kind: "json_mode_failed", retryable: true },
  {
    code: 5025,
    status: 400,
    description: "This model doesn't support JSON Schema.",
    kind: "unsupported_parameter",
    param: "response_format",
  },
  { code: 5005, status: 405, description: "LoRA unsupported", kind: "invalid_request", param: "lora" },
  {
    code: 3039,
    status: 400,
    description: "Finetune is missing required files",
    kind: "invalid_request",
    param: "lora",
  },
  { code: 5016, status: 403, description: "Model agreement", kind: "model_agreement_required", param: "model" },
  { code: 5018, status: 403, description: "Account not allowed", kind: "model_not_allowed", param: "model" },
  {
    code: 3041,
    status: 403,
    description: "Account not allowed for private model",
    kind: "model_not_allowed",
    param: "model",
  },
  { code: 5035, status: 403, description: "This model requires Workers Paid", kind: "plan_required", param: "model" },
  { code: 3023, status: 403, description: "Account blocked", kind: "permission_denied" },
  { code: 5019, status: 405, description: "Deprecated SDK version", kind: "internal" },
  {
    code: 3036,
    status: 429,
    description: '{"message":"You have used up your daily free allocation of 10,000 neurons","code":429}',
    kind: "quota_spent",
  },
  { code: 4006, status: 429, description: "you have used up your daily free allocation", kind: "quota_spent" },
  {
    code: 3040,
    status: 429,
    description: '{"message":"Capacity temporarily exceeded, please try again.","code":429}',
    kind: "out_of_capacity",
    retryable: true,
  },
  { code: 3007, status: 408, description: "Request timeout", kind: "upstream_timeout", retryable: true },
  { code: 3046, status: 408, description: "Request timeout", kind: "upstream_timeout", retryable: true },
  { code: 3008, status: 408, description: "Request was aborted", kind: "upstream_failed", retryable: true },
  { code: 3030, status: 400, description: "Input prompt contains NSFW content", kind: "content_refused" },
  { code: 1031, status: 403, description: "Token invalid", kind: "misconfigured" },
  { code: 10000, status: 401, description: "Authentication error", kind: "misconfigured" },
  { code: 2021, status: 402, description: "No balance", kind: "upstream_failed" },
  { code: 2008, status: 400, description: "Invalid provider", kind: "upstream_failed" },
  { code: 7000, status: 404, description: "No route for that URI", kind: "internal" },
  { code: 7003, status: 400, description: "Could not route", kind: "internal" },
  { code: 7009, status: 502, description: "Upstream service unavailable", kind: "upstream_failed", retryable: true },
];

function byNumber(first: number, second: number): number {
  return first - second;
}

describe("an error number of Workers AI", () => {
  it("has a row for each entry of the table", () => {
    expect([...new Set(rows.map(({ code }) => code))].toSorted(byNumber)).toEqual(
      [...upstreamErrors.keys()].toSorted(byNumber),
    );
  });

  it.each(rows)("$code ($status) is $kind in every envelope", (row) => {
    const { code, status, description } = row;
    const bodies = [
      { internalCode: code, name: "AiError", description, message: `AiError: ${code}: ${description}` },
      { success: false, errors: [{ code, message: description }], result: null, messages: [] },
      { errors: [{ code, message: `AiError: AiError: ${code}: ${description}` }] },
      { error: { code: String(code), message: description } },
      { error: `${code}: ${description}` },
    ];
    const thrown = ["", "AiError: ", "Error: AiError: ", "InferenceUpstreamError: "].map(
      (names) => `${names}${code}: ${description}`,
    );
    const errors = [
      ...bodies.map((body) => toErrorFromResponse(status, JSON.stringify(body), undefined)),
      ...bodies.map((body) => toErrorFromFrame(body)),
      ...thrown.map((text) => toErrorFromText(text)),
      ...thrown.map((text) => toErrorFromThrown(new Error(text))),
    ];
    const { kind, param, retryable = false } = row;
    for (const error of errors) {
      expect(error).toMatchObject({ kind, param, retryable, upstreamCode: code });
      expect(error?.message).toMatch(/^[A-Z].{10,}$/);
      expect(error?.message).not.toMatch(/[{}]/);
    }
  });

  it.each([...upstreamErrors.keys()])("%i without a description still has a message", (code) => {
    expect(toErrorFromResponse(400, JSON.stringify({ internalCode: code }), undefined).message).toMatch(
      /^[A-Z].{10,}\.$/,
    );
  });

  it.each([
    [429, "out_of_capacity", true],
    [500, "upstream_failed", true],
    [404, "model_not_found", false],
    [408, "upstream_timeout", true],
  ])("8007 is read by the status of the engine behind it: %i", (inner, kind, retryable) => {
    const description = JSON.stringify({ message: "of the engine", code: inner });
    const error = toErrorFromResponse(400, JSON.stringify({ internalCode: 8007, description }), undefined);
    expect(error).toMatchObject({ kind, retryable, upstreamCode: 8007 });
    expect(error.message).not.toContain("engine");
  });

  it("that is not known gets no meaning but that of the status", () => {
    const body = JSON.stringify({ internalCode: 9999, description: "secret internals" });
    expect(toErrorFromResponse(400, body, undefined)).toMatchObject({ kind: "invalid_request", upstreamCode: 9999 });
    expect(toErrorFromResponse(503, body, undefined)).toMatchObject({ kind: "upstream_failed", retryable: true });
    expect(toErrorFromResponse(400, body, undefined).message).not.toContain("secret");
  });
});

describe("a prompt that is too long", () => {
  it.each([
    ["under 5021", 413, { internalCode: 5021, description: "exceeded this model context window limit (24000)" }],
    ["under 3010", 413, { errors: [{ code: 3010, message: "longer than the context window" }] }],
    ["under 8007", 400, { internalCode: 8007, description: longPrompt }],
    [
      "in the words of an engine",
      400,
      { object: "error", message: "maximum context length is 8192 tokens", code: 400 },
    ],
    ["under no number at all", 413, { error: { message: "The maximum context length is 8192 tokens" } }],
  ])("is context_length_exceeded %s", (_, status, body) => {
    const error = toErrorFromResponse(status, JSON.stringify(body), undefined);
    expect(error).toMatchObject({ kind: "context_length_exceeded", param: "messages", retryable: false });
  });

  it("is not seen in a failure of the engine that only speaks of the context", () => {
    const body = JSON.stringify({ error: { message: "context length bookkeeping crashed", code: 500 } });
    expect(toErrorFromResponse(500, body, undefined)).toMatchObject({ kind: "upstream_failed", retryable: true });
  });
});

describe("an error answer without a number", () => {
  const page = "<!DOCTYPE html><html><body>Worker exceeded 1101 5006: secret</body></html>";

  it.each([
    [400, "invalid_request", false],
    [401, "upstream_failed", false],
    [402, "upstream_failed", false],
    [403, "upstream_failed", false],
    [404, "model_not_found", false],
    [408, "upstream_timeout", true],
    [413, "body_too_large", false],
    [429, "out_of_capacity", true],
    [500, "upstream_failed", true],
    [502, "upstream_failed", true],
    [504, "upstream_timeout", true],
    [520, "upstream_failed", true],
  ])("of status %i is read by its status and shows nothing of its body", (status, kind, retryable) => {
    for (const body of [
      page,
      "",
      "null",
      "[]",
      "5",
      '"text"',
      "{",
      JSON.stringify({ error: page }),
      JSON.stringify({ errors: [null] }),
    ]) {
      const error = toErrorFromResponse(status, body, undefined);
      expect(error).toMatchObject({ kind, retryable });
      expect(error.message).not.toMatch(/secret|html/i);
    }
  });

  it("passes on how long the upstream asked to wait", () => {
    expect(toErrorFromResponse(429, "", 7).retryAfterSeconds).toBe(7);
  });
});

describe("a page in place of a description", () => {
  it("is not shown", () => {
    const error = toErrorFromResponse(
      400,
      JSON.stringify({ internalCode: 8001, description: "<html>secret</html>" }),
      undefined,
    );
    expect(error).toMatchObject({ kind: "invalid_request", message: "Workers AI refused the request." });
  });
});

describe("what the binding throws", () => {
  const hostile = {
    toString() {
      throw new Error("no");
    },
  };

  it.each([
    undefined,
    null,
    "text",
    5,
    hostile,
    new Error("Network connection lost."),
    new DOMException("Aborted", "AbortError"),
  ])("is a lost connection where it has no number (%#)", (thrown) => {
    const error = toErrorFromThrown(thrown);
    expect(error).toMatchObject({
      kind: "upstream_failed",
      retryable: true,
      message: "The connection to Workers AI failed.",
    });
    expect(error.cause).toBe(thrown);
  });

  it("is a page of a proxy that is not shown", () => {
    expect(toErrorFromThrown(new Error("<html>5006: secret</html>")).message).not.toContain("secret");
  });

  it("is passed on where it is a gateway error", () => {
    const error = new GatewayError("client_closed", "gone");
    expect(toErrorFromThrown(error)).toBe(error);
  });

  it("says that the binding is not connected", () => {
    expect(toErrorFromThrown(new Error("Binding AI needs to be run remotely")).kind).toBe("misconfigured");
  });
});

describe("text in a stream that is no frame", () => {
  it.each(["", "ping", "hello, 5006: x", "9999: not a number of Workers AI", "12:30: lunch", "<html>"])(
    "is no error without one of the numbers (%s)",
    (text) => {
      expect(toErrorFromText(text)).toBeUndefined();
    },
  );
});
