import { isRecord, parseJson } from "../json.ts";
import type { JsonRecord } from "../json.ts";

/** What is left of an upstream failure once its many envelopes are taken off. */
export interface UpstreamReport {
  /** Workers AI's own number, where there is one. */
  readonly code: number | undefined;
  /** The HTTP status of the engine behind Workers AI, where the report carries one. */
  readonly innerStatus: number | undefined;
  /** The description, for a caller to read; empty where there is none, or where it is a page and not a message. */
  readonly description: string;
}

/** A description is a sentence or two; what is much longer is a dump. */
const MAX_DESCRIPTION_LENGTH = 1000;

/** Numbers below this are an HTTP status of the engine behind Workers AI, not one of its own numbers. */
const LEAST_CODE = 1000;

const NOTHING: UpstreamReport = { code: undefined, innerStatus: undefined, description: "" };

/** Whether a frame or a JSON body reports a failure in place of output. */
export function isErrorReport(value: JsonRecord): boolean {
  if (readNumber(value["internalCode"]) !== undefined || value["success"] === false) return true;
  if (Array.isArray(value["errors"]) && value["errors"].length > 0) return true;
  if (isRecord(value["error"]) || readText(value["error"]) !== undefined) return true;
  // An engine's bare `{"object": "error", "message", "code"}`: no answer has a message at its top.
  return readText(value["message"]) !== undefined && value["choices"] === undefined && value["response"] === undefined;
}

/**
 * Reads an error body: `{"internalCode", "name", "description", "message"}`, `{"success": false, "errors": [{code,
 * message}]}`, `{"error": …}`, or the bare report of an engine.
 */
export function readReport(value: unknown): UpstreamReport {
  if (!isRecord(value)) return NOTHING;
  const internalCode = readNumber(value["internalCode"]);
  if (internalCode !== undefined) {
    return {
      ...readDescription(readText(value["description"]) ?? readText(value["message"]) ?? ""),
      code: internalCode,
    };
  }
  const inner: unknown = Array.isArray(value["errors"]) ? value["errors"][0] : (value["error"] ?? value);
  if (typeof inner === "string") return readDescription(inner);
  if (!isRecord(inner)) return NOTHING;
  const report = readDescription(readText(inner["message"]) ?? "");
  const code = readNumber(inner["code"]);
  if (code === undefined) return report;
  return code < LEAST_CODE ? { ...report, innerStatus: code } : { ...report, code };
}

/**
 * A description may carry class names, the number once more and, behind it, the JSON of the engine:
 * `AiError: 8007: {"message": "…", "code": 400}` or `… {"error": {"message": "…", "code": 400}}`.
 */
export function readDescription(description: string): UpstreamReport {
  const match = /^\s*(?:[A-Za-z]{1,40}:\s*){0,4}(\d{3,5})\s*:\s*/.exec(description.slice(0, 200));
  const number = match?.[1] === undefined ? undefined : Number(match[1]);
  const rest = match === null ? description : description.slice(match[0].length);
  const value = rest.startsWith("{") ? parseJson(rest) : undefined;
  const inner = isRecord(value) ? readReport(value) : { ...NOTHING, description: toMessage(rest) };
  if (number === undefined) return inner;
  return number < LEAST_CODE ? { ...inner, innerStatus: number } : { ...inner, code: number };
}

function toMessage(text: string): string {
  const message = text.trim();
  // A proxy's page: nothing in it is meant for a caller.
  return message.startsWith("<") ? "" : message.slice(0, MAX_DESCRIPTION_LENGTH);
}

function readNumber(value: unknown): number | undefined {
  const number = typeof value === "string" && /^\d{3,5}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) ? number : undefined;
}

function readText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
