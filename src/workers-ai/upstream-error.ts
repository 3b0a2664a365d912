import { GatewayError } from "../errors.ts";
import type { GatewayErrorDetails } from "../errors.ts";
import { parseJson } from "../json.ts";
import type { JsonRecord } from "../json.ts";
import { upstreamErrors } from "./error-table.ts";
import type { UpstreamErrorEntry } from "./error-table.ts";
import { readDescription, readReport } from "./upstream-report.ts";
import type { UpstreamReport } from "./upstream-report.ts";
import { describeValidation } from "./validation-message.ts";

/** A non-2xx answer of Workers AI, as an error for the caller. A body that is not a report is not ours to show. */
export function toErrorFromResponse(status: number, body: string, retryAfterSeconds: number | undefined): GatewayError {
  return toError(readReport(parseJson(body)), status, { retryAfterSeconds });
}

/** A frame of a stream that reports a failure in place of output. The status of its answer, 200, says nothing. */
export function toErrorFromFrame(frame: JsonRecord): GatewayError {
  const report = readReport(frame);
  if (report.code !== undefined || report.innerStatus !== undefined) return toError(report, undefined, {});
  return new GatewayError("upstream_failed", "The model failed while it answered.", { retryable: true });
}

/** Data of a stream that is no event but the text of an error; `undefined` for any other text. */
export function toErrorFromText(text: string): GatewayError | undefined {
  const report = readDescription(text);
  return report.code !== undefined && upstreamErrors.has(report.code) ? toError(report, undefined, {}) : undefined;
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

function toError(report: UpstreamReport, httpStatus: number | undefined, details: GatewayErrorDetails): GatewayError {
  const { code, description } = report;
  const status = httpStatus ?? report.innerStatus ?? 500;
  const entry = code === undefined ? undefined : upstreamErrors.get(code);
  const all = { ...details, upstreamCode: code, param: entry?.param, retryable: entry?.retryable };
  if (isContextLengthError(report, status)) {
    return new GatewayError("context_length_exceeded", description, { ...all, param: "messages" });
  }
  if (entry === undefined) return toErrorFromStatus(report.innerStatus ?? status, all);
  // Quirk(openai, glm, kimi and others, 2026-07): 8007 carries an error of the engine behind Workers AI, whose status
  // says what it is; test "8007 is read by the status of the engine behind it".
  if (code === 8007 && report.innerStatus !== undefined && report.innerStatus !== 400) {
    return toErrorFromStatus(report.innerStatus, all);
  }
  return toErrorFromEntry(entry, description, all);
}

function toErrorFromEntry(entry: UpstreamErrorEntry, description: string, details: GatewayErrorDetails): GatewayError {
  if (entry.showsDescription === undefined || description === "") {
    return new GatewayError(entry.kind, entry.message, details);
  }
  if (entry.kind !== "invalid_request") return new GatewayError(entry.kind, description, details);
  const validation = describeValidation(description);
  return new GatewayError(entry.kind, validation.message, { ...details, param: validation.param ?? entry.param });
}

/** Without a known number only the status speaks, and nothing of the body is shown: it may be anything. */
function toErrorFromStatus(status: number, details: GatewayErrorDetails): GatewayError {
  if (status === 401 || status === 402 || status === 403) {
    // The caller's key was fine; it is the gateway that was turned away.
    return new GatewayError("upstream_failed", "Workers AI did not let the gateway in.", details);
  }
  if (status === 404) {
    return new GatewayError("model_not_found", "Workers AI does not know this model.", { ...details, param: "model" });
  }
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

/**
 * Quirk(all, 2026-07): one condition under many numbers and none: 5021, 3010, 8007 and an engine's plain 400 or 413
 * report it, each in the words of its layer; test "a prompt that is too long".
 */
function isContextLengthError({ code, description }: UpstreamReport, status: number): boolean {
  if (!/context (?:window|length)|maximum context/i.test(description)) return false;
  return code !== undefined || status === 400 || status === 413;
}

function readThrownMessage(thrown: unknown): string {
  try {
    return thrown instanceof Error ? thrown.message : String(thrown);
  } catch {
    // A hostile `toString`; there is nothing to learn from it.
    return "";
  }
}
