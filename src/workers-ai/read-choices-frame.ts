import { isRecord } from "../json.ts";
import type { JsonRecord } from "../json.ts";
import { mapFinishReason, readText } from "./frame.ts";
import type { FrameReading } from "./frame.ts";
import { readToolCalls } from "./read-tool-calls.ts";
import { readUsage } from "./read-usage.ts";

/**
 * Reads the OpenAI-shaped wire format: a `chat.completion`, a `chat.completion.chunk`, or a `text_completion`.
 * Only the first choice: the gateway asks for one.
 */
export function readChoicesFrame(frame: JsonRecord, choices: readonly unknown[]): FrameReading {
  const choice = isRecord(choices[0]) ? choices[0] : {};
  const isWholeAnswer = isRecord(choice["message"]);
  const part = isRecord(choice["message"]) ? choice["message"] : isRecord(choice["delta"]) ? choice["delta"] : choice;
  const usage = readUsage(frame["usage"]);
  return {
    text: readText(part["content"] ?? part["text"]),
    // One or the other, or both with the same text.
    reasoning: readText(part["reasoning_content"]) || readText(part["reasoning"]),
    toolCalls: readToolCalls(part["tool_calls"], isWholeAnswer),
    finish: mapFinishReason(choice["finish_reason"]),
    usage: usage === undefined ? undefined : { usage, isSummary: isWholeAnswer },
  };
}
