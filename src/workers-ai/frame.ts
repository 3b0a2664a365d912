import type { FinishReason } from "../completion/event.ts";
import type { ToolCallFragment } from "../completion/tool-calls.ts";
import type { UsageReading } from "../completion/usage.ts";
import { isRecord } from "../json.ts";

/**
 * What one frame of an answer says, in neutral words; a JSON answer is one frame that says everything. The readers of
 * the wire formats make it, and have no state; `frame-decoder.ts` turns a sequence of them into events.
 */
export interface FrameReading {
  readonly text: string;
  readonly reasoning: string;
  /** OpenAI's log probability entries, as received. */
  readonly logprobs: readonly unknown[];
  readonly toolCalls: readonly ToolCallFragment[];
  /** `undefined` where the frame does not end the answer. */
  readonly finish: UpstreamFinish | undefined;
  /** What the engine says it stopped at, where that is a text. */
  readonly stoppedAt?: string;
  readonly usage: UsageReading | undefined;
}

/** `unnamed`: the answer is complete, and for what reason it ended has to be told from what it holds. */
export type UpstreamFinish = FinishReason | "unnamed" | "failed";

/**
 * The upstream's word for how an answer ended. A word that is not known still says that it did end; it is not given a
 * meaning of ours.
 */
export function mapFinishReason(value: unknown): UpstreamFinish | undefined {
  if (typeof value !== "string" || value === "") return undefined;
  switch (value.toLowerCase()) {
    case "stop":
    case "eos":
    case "eos_token":
    case "end_turn":
    case "stop_sequence":
      return "stop";
    case "length":
    case "max_tokens":
    case "model_length":
      return "length";
    case "tool_calls":
    case "tool-calls":
    case "tool_use":
    case "function_call":
      return "tool_calls";
    case "content_filter":
    case "content-filter":
    case "safety":
      return "content_filter";
    case "error":
    case "abort":
      return "failed";
    default:
      return "unnamed";
  }
}

/**
 * Text as it was meant.
 *
 * Quirk(native, dual and openai, all, 2026-09): tokens that are digits or `true` arrive as JSON numbers and booleans;
 * they were text when the model wrote them and become text again; fixtures native-numbers.sse, openai-numbers.sse.
 * Quirk(native, models with JSON mode, 2026-08): `response` is the parsed value of the JSON text; it is written as text
 * again; fixture native-json-mode.json.
 */
export function readText(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  return JSON.stringify(value) ?? "";
}

/** The content of a message: text, or OpenAI's list of text parts. */
export function readContent(value: unknown): string {
  if (!Array.isArray(value) || !value.every(isTextPart)) return readText(value);
  return value.map((part) => readText(part["text"])).join("");
}

function isTextPart(part: unknown): part is Readonly<Record<string, unknown>> {
  return isRecord(part) && part["type"] === "text";
}
