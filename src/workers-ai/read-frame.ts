import type { ToolCallFragment } from "../completion/tool-calls.ts";
import { isRecord } from "../json.ts";
import type { JsonRecord } from "../json.ts";
import type { FrameReading } from "./frame.ts";
import { mapFinishReason } from "./frame.ts";
import { readChoicesFrame } from "./read-choices-frame.ts";
import { readNativeFrame } from "./read-native-frame.ts";

/** What a frame of nothing but a token says: a text, or a piece of reasoning, and perhaps the usage so far. */
export interface PlainReading extends Pick<FrameReading, "text" | "reasoning" | "usage"> {
  /** Random text that the upstream added. */
  readonly padding: string;
}

/** What any frame says, whichever wire formats it has. */
export interface AnyFrameReading extends FrameReading, PlainReading {
  /** The calls that stand beside `choices`, or without them. Those of `choices`, if there are any, are the same once more. */
  readonly nativeToolCalls: readonly ToolCallFragment[];
}

/** Depends on the frame alone: what frames before it have said is for `frame-decoder.ts` to know. */
export function readFrame(frame: JsonRecord, isWholeAnswer: boolean): AnyFrameReading {
  const choices = frame["choices"];
  const native = readNativeFrame(frame, isWholeAnswer);
  const padding = readPadding(frame);
  if (!Array.isArray(choices)) return { ...native, toolCalls: [], nativeToolCalls: native.toolCalls, padding };
  const reading = readChoicesFrame(frame, choices);
  // Quirk(dual, llama-3.3-70b-instruct-fp8-fast and others, 2026-07): one frame carries the same text and the same
  // call in `choices` and in `response`; the first copy that is not empty is read, never both; fixtures dual.sse,
  // dual-tool-call.sse.
  return {
    ...reading,
    text: reading.text || native.text,
    reasoning: reading.reasoning || native.reasoning,
    finish: reading.finish ?? mapFinishReason(frame["finish_reason"]) ?? (isWholeAnswer ? "unnamed" : undefined),
    nativeToolCalls: native.toolCalls,
    padding,
  };
}

/** The REST interface wraps an answer in `{result, success}`; so do proxies in front of the binding. */
export function unwrap(frame: JsonRecord): JsonRecord {
  return frame["success"] === true && isRecord(frame["result"]) ? frame["result"] : frame;
}

/** Longer padding than any that was seen is something else. */
export const MAX_PADDING_LENGTH = 256;

function readPadding({ p: padding }: JsonRecord): string {
  return typeof padding === "string" && padding.length <= MAX_PADDING_LENGTH ? padding : "";
}
