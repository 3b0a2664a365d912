import { isRecord } from "../json.ts";
import type { JsonRecord } from "../json.ts";
import { mapFinishReason, readContent, readText } from "./frame.ts";
import type { FrameReading } from "./frame.ts";
import { readToolCalls } from "./read-tool-calls.ts";
import { readUsage } from "./read-usage.ts";

/**
 * Reads the OpenAI-shaped wire format: a `chat.completion`, a `chat.completion.chunk`, or a `text_completion`.
 * Only the first choice: the gateway asks for one.
 */
export function readChoicesFrame(frame: JsonRecord, choices: readonly unknown[]): FrameReading {
  const choice = isRecord(choices[0]) ? choices[0] : {};
  const isWholeMessage = isRecord(choice["message"]);
  const part = isRecord(choice["message"]) ? choice["message"] : isRecord(choice["delta"]) ? choice["delta"] : choice;
  const usage = readUsage(frame["usage"]);
  // The number of a token, which is how most answers end, is nothing that a caller has asked for.
  const stoppedAt = choice["matched_stop"] ?? choice["stop_reason"];
  const text = readContent(part["content"] ?? part["text"]);
  // Quirk(openai, gemma-4, glm, gpt-oss, 2026-10): the reasoning is in one of two members, or in both with the same
  // text, and that changes from call to call; the first that is not empty is read; fixture openai-reasoning-twice.sse.
  const reasoning = readText(part["reasoning_content"]) || readText(part["reasoning"]);
  return {
    text,
    reasoning,
    // OpenAI gives probabilities for the content only; those of a reasoning token have no place to go.
    logprobs: reasoning !== "" && text === "" ? [] : readLogprobs(choice["logprobs"]),
    toolCalls: readToolCalls(part["tool_calls"], isWholeMessage),
    finish: mapFinishReason(choice["finish_reason"]),
    ...(typeof stoppedAt === "string" && { stoppedAt }),
    usage: usage === undefined ? undefined : { usage, isSummary: isWholeMessage },
  };
}

const NO_LOGPROBS: readonly unknown[] = [];

function readLogprobs(value: unknown): readonly unknown[] {
  return isRecord(value) && Array.isArray(value["content"]) ? value["content"] : NO_LOGPROBS;
}
