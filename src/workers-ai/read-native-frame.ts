import { isRecord } from "../json.ts";
import type { JsonRecord } from "../json.ts";
import { mapFinishReason, readText } from "./frame.ts";
import type { FrameReading } from "./frame.ts";
import { readToolCalls } from "./read-tool-calls.ts";
import { readUsage } from "./read-usage.ts";

/**
 * Reads the native wire format: `{response, tool_calls, usage}`, whole or as a frame of a stream. A native answer names
 * no reason for its end; a stream's usage frame is its end.
 */
export function readNativeFrame(frame: JsonRecord, isWholeAnswer: boolean): FrameReading {
  // Quirk(native, some models, 2026-07): the piece stands in a top-level `delta`.
  const delta = isRecord(frame["delta"]) ? frame["delta"] : {};
  const text = readText(delta["content"]) || readText(frame["response"]);
  const usage = readUsage(frame["usage"]);
  // Usage beside text is a running count; alone it is the summary, and the end.
  const isEnd = isWholeAnswer || (usage !== undefined && text === "");
  return {
    text,
    reasoning: readText(frame["reasoning_content"]) || readText(frame["reasoning"]),
    toolCalls: readToolCalls(frame["tool_calls"], isWholeAnswer),
    finish: mapFinishReason(frame["finish_reason"]) ?? (isEnd ? "unnamed" : undefined),
    usage: usage === undefined ? undefined : { usage, isSummary: isEnd },
  };
}
