import { isRecord } from "../json.ts";
import type { JsonRecord } from "../json.ts";
import { mapFinishReason, readContent, readText } from "./frame.ts";
import type { FrameReading } from "./frame.ts";
import { readToolCalls } from "./read-tool-calls.ts";
import { readUsage } from "./read-usage.ts";

/** Reads the native wire format: `{response, tool_calls, usage}`, whole or as a frame of a stream. */
export function readNativeFrame(frame: JsonRecord, isWholeAnswer: boolean): FrameReading {
  // Quirk(native, some models, 2026-07): the piece stands in a top-level `delta`; it is read in place of `response`;
  // fixture native-top-level-delta.sse.
  const delta = isRecord(frame["delta"]) ? frame["delta"] : {};
  const text = readContent(delta["content"]) || readText(frame["response"]);
  const reasoning = readText(frame["reasoning_content"]) || readText(frame["reasoning"]);
  const toolCalls = readToolCalls(frame["tool_calls"], isWholeAnswer);
  const usage = readUsage(frame["usage"]);
  // Quirk(native, all, 2026-07): no frame names the reason for the end; the frame that holds the usage and nothing else
  // is the end, and usage beside output is a running count; fixture native.sse.
  const isEmpty = text === "" && reasoning === "" && toolCalls.length === 0;
  const isEnd = isWholeAnswer || (usage !== undefined && isEmpty);
  return {
    text,
    reasoning,
    logprobs: [],
    toolCalls,
    finish: mapFinishReason(frame["finish_reason"]) ?? (isEnd ? "unnamed" : undefined),
    usage: usage === undefined ? undefined : { usage, isSummary: isEnd },
  };
}
