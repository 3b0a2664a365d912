import { GatewayError } from "../errors.ts";
import type { GatewayErrorDetails } from "../errors.ts";
import { isRecord, parseJson } from "../json.ts";
import type { JsonRecord } from "../json.ts";
import { upstreamErrors } from "./error-table.ts";
import { describeValidation } from "./validation-message.ts";

/** What is left of an upstream failure once its many envelopes are taken off. */
interface UpstreamReport {
  /** Workers AI's own number, where there is one. */
  readonly code: number | undefined;
  /** The HTTP status of the inner engine, where the description carries one. */
  readonly innerStatus: number | undefined;
  readonly description: string;
}

/** A description longer than this is a page or a dump, not a message. */
const MAX_DESCRIPTION_LENGTH = 1000;

/**
 * A non-2xx answer of Workers AI, as an error for the caller.
 *
 * The body is `{"internalCode", "name", "description", "message"}`, or `{"success": false, "errors": [{code, message}]}`,
 * or something that is not ours to show (an HTML page of a proxy).
 */
export function toErrorFromResponse(status: number, body: string, retryAfterSeconds: number | undefined): GatewayError {
  return toError(readReport(parseJson(body)), status, { retryAfterSeconds });
}

/** A frame of a stream that reports a failure in place of output. The status of its answer, 200, says nothing. */
export function toErrorFromFrame(frame: JsonRecord): GatewayError {
  const report = readReport(frame);
  if (report.code !== undefined || report.innerStatus !== undefined) return toError(report, report.innerStatus, {});
  return new GatewayError("upstream_failed", "The model failed while it answered.", { retryable: true });
}

/**
 * Whatever the binding threw, as an error for the caller. Thrown messages read `5006: …`, with one or more class names
 * in front of them where the error crossed a service binding (`AiError: 3040: …`).
 */
export function toErrorFromThrown(thrown: unknown): GatewayError {
  if (thrown instanceof GatewayError) return thrown;
  const message = readThrownMessage(thrown);
  if (message.includes("needs to be run remotely")) {
    return new GatewayError("misconfigured", "The AI binding is not connected to Workers AI.", { cause: thrown });
  }
  const report = readDescription(message);
  if (report.code === undefined) {
    // A network failure between the runtime and Workers AI: nothing of its text is meant for a caller.
    const details = { retryable: true, cause: thrown };
    return new GatewayError("upstream_failed", "The connection to Workers AI failed.", details);
  }
  return toError(report, undefined, { cause: thrown });
}

function toError(report: UpstreamReport, status: number | undefined, details: GatewayErrorDetails): GatewayError {
  const { code, description } = report;
  const entry = code === undefined ? undefined : upstreamErrors.get(code);
  if (code === undefined || entry === undefined) {
    return toErrorFromStatus(status ?? 500, { ...details, upstreamCode: code });
  }
  const all = { ...details, upstreamCode: code, param: entry.param, retryable: entry.retryable };
  if (isContextLengthMessage(description)) {
    return new GatewayError("context_length_exceeded", description, { ...all, param: "messages" });
  }
  if (code === 8007 && report.innerStatus !== undefined && report.innerStatus !== 400) {
    return toErrorFromStatus(report.innerStatus, all);
  }
  if (entry.message !== undefined) return new GatewayError(entry.kind, entry.message, all);
  if (entry.kind !== "invalid_request") return new GatewayError(entry.kind, description, all);
  const validation = describeValidation(description);
  return new GatewayError(entry.kind, validation.message, { ...all, param: validation.param ?? entry.param });
}

/** Without a known number only the status speaks, and nothing of the body is shown: it may be anything. */
function toErrorFromStatus(status: number, details: GatewayErrorDetails): GatewayError {
  if (status === 401 || status === 403) {
    // The caller's key was fine; it is the gateway that was turned away.
    return new GatewayError("upstream_failed", "Workers AI did not let the gateway in.", details);
  }
  if (status === 404)
    return new GatewayError("model_not_found", "Workers AI does not know this model.", { ...details, param: "model" });
  if (status === 413) return new GatewayError("body_too_large", "The request is too large for the model.", details);
  if (status === 408 || status === 504) {
    return new GatewayError("upstream_timeout", "The model did not answer in time.", { ...details, retryable: true });
  }
  if (status === 429) {
    const message = "The model is out of capacity at the moment; try again shortly.";
    return new GatewayError("out_of_capacity", message, { ...details, retryable: true });
  }
  if (status >= 400 && status < 500) {
    return new GatewayError("invalid_request", "Workers AI refused the request.", details);
  }
  return new GatewayError("upstream_failed", "Workers AI failed to answer.", { ...details, retryable: true });
}

function readReport(value: unknown): UpstreamReport {
  const nothing = { code: undefined, innerStatus: undefined, description: "" };
  if (!isRecord(value)) return nothing;
  if (typeof value["internalCode"] === "number") {
    const description = readText(value["description"]) ?? readText(value["message"]) ?? "";
    return { ...readDescription(description), code: value["internalCode"] };
  }
  const first: unknown = Array.isArray(value["errors"]) ? value["errors"][0] : value["error"];
  if (typeof first === "string") return readDescription(first);
  if (!isRecord(first)) return nothing;
  const report = readDescription(readText(first["message"]) ?? "");
  if (typeof first["code"] !== "number") return report;
  // Numbers below 1000 are the HTTP status of an engine behind Workers AI, not one of its own numbers.
  return first["code"] < 1000 ? { ...report, innerStatus: first["code"] } : { ...report, code: first["code"] };
}

/**
 * The description of an error may carry class names, the number once more and, behind it, JSON of the inner engine:
 * `AiError: 8007: {"message": "…", "code": 400}` or `… {"error": {"message": "…", "code": 400}}`.
 */
function readDescription(description: string): UpstreamReport {
  const match = /^(?:[A-Za-z]{1,40}: ){0,3}(\d{3,5}): /.exec(description.slice(0, 200));
  const code = match?.[1] === undefined ? undefined : Number(match[1]);
  const rest = match === null ? description : description.slice(match[0].length);
  const value = rest.startsWith("{") ? parseJson(rest) : undefined;
  if (!isRecord(value)) return { code, innerStatus: undefined, description: rest.slice(0, MAX_DESCRIPTION_LENGTH) };
  const inner = isRecord(value["error"]) ? value["error"] : value;
  return {
    code,
    innerStatus: typeof inner["code"] === "number" ? inner["code"] : undefined,
    description: (readText(inner["message"]) ?? "Workers AI refused the request.").slice(0, MAX_DESCRIPTION_LENGTH),
  };
}

/** One condition under many numbers: 5021, 3010 and 8007 all report it, each in the words of its layer. */
function isContextLengthMessage(description: string): boolean {
  return /context (?:window|length)|maximum context/i.test(description);
}

function readThrownMessage(thrown: unknown): string {
  try {
    return thrown instanceof Error ? thrown.message : String(thrown);
  } catch {
    // A hostile `toString`; there is nothing to learn from it.
    return "";
  }
}

function readText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
