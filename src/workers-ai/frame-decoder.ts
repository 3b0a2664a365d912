import type { CompletionEvent, FinishReason } from "../completion/event.ts";
import { createToolCallTracker } from "../completion/tool-calls.ts";
import { createUsageTracker } from "../completion/usage.ts";
import { GatewayError } from "../errors.ts";
import { isRecord } from "../json.ts";
import type { JsonRecord } from "../json.ts";
import type { FrameReading, UpstreamFinish } from "./frame.ts";
import { readChoicesFrame } from "./read-choices-frame.ts";
import { readNativeFrame } from "./read-native-frame.ts";
import { toErrorFromFrame } from "./upstream-error.ts";

export interface FrameDecoderOptions {
  readonly mintToolCallId: () => string;
  /** The `max_tokens` that the upstream was given: an answer without a finish reason that used them all was cut. */
  readonly maxTokens: number | undefined;
}

/** Turns the frames of one answer, whatever their wire format, into events. */
export interface FrameDecoder {
  /** The events of one frame. Throws a `GatewayError` where the frame reports a failure. */
  decode(frame: JsonRecord, isWholeAnswer: boolean): readonly CompletionEvent[];
  /** The upstream said that the answer is complete, without a frame of its own (`[DONE]`). */
  markDone(): void;
  /** The last events: open tool calls, usage, finish. Throws where the answer ended without being complete. */
  end(): readonly CompletionEvent[];
  /** Whether the upstream has said how, or at least that, the answer ended. */
  readonly isFinished: boolean;
}

export function createFrameDecoder({ mintToolCallId, maxTokens }: FrameDecoderOptions): FrameDecoder {
  const toolCalls = createToolCallTracker(mintToolCallId);
  const usage = createUsageTracker();
  let finish: UpstreamFinish | undefined;
  let hasOutput = false;
  /** Tool calls came inside `choices`: the flat copies beside them are the same calls once more. */
  let hasChoicesCalls = false;

  function read(frame: JsonRecord, isWholeAnswer: boolean): FrameReading {
    const choices = frame["choices"];
    const native = readNativeFrame(frame, isWholeAnswer);
    if (!Array.isArray(choices)) return hasChoicesCalls ? { ...native, toolCalls: [] } : native;
    const reading = readChoicesFrame(frame, choices);
    if (reading.toolCalls.length > 0) hasChoicesCalls = true;
    // Quirk(dual, llama-3.3-70b-instruct-fp8-fast, 2026-07): one frame carries the same text and the same call in
    // `choices` and in `response`; the first copy that is not empty is taken, never both; fixture "dual".
    return {
      ...reading,
      text: reading.text || native.text,
      reasoning: reading.reasoning || native.reasoning,
      toolCalls: hasChoicesCalls ? reading.toolCalls : native.toolCalls,
      finish: reading.finish ?? (isWholeAnswer ? "unnamed" : undefined),
    };
  }

  return {
    decode(frame, isWholeAnswer) {
      if (isErrorFrame(frame)) throw toErrorFromFrame(frame);
      const reading = read(frame, isWholeAnswer);
      const events: CompletionEvent[] = [];
      if (reading.reasoning !== "") events.push({ type: "reasoning-delta", text: reading.reasoning });
      if (reading.text !== "") events.push({ type: "text-delta", text: reading.text });
      for (const fragment of reading.toolCalls) toolCalls.add(fragment, events);
      if (reading.usage !== undefined) usage.add(reading.usage);
      // A reason that was named once is not taken back by a frame that only says "this is the end".
      if (reading.finish !== undefined && (finish === undefined || finish === "unnamed")) finish = reading.finish;
      if (events.length > 0) hasOutput = true;
      return events;
    },
    markDone() {
      finish ??= "unnamed";
    },
    end() {
      if (finish === undefined) {
        const message = "Workers AI ended the answer before it was complete.";
        throw new GatewayError("upstream_failed", message, { retryable: true });
      }
      const events: CompletionEvent[] = [];
      toolCalls.end(events);
      const hitLimit = maxTokens !== undefined && (usage.usage?.completionTokens ?? 0) >= maxTokens;
      const reason = toFinishReason(finish, { hasOutput, hasToolCalls: toolCalls.count > 0, hitLimit });
      if (usage.usage !== undefined) events.push({ type: "usage", usage: usage.usage });
      events.push({ type: "finish", reason });
      return events;
    },
    get isFinished() {
      return finish !== undefined;
    },
  };
}

interface AnswerFacts {
  readonly hasOutput: boolean;
  readonly hasToolCalls: boolean;
  readonly hitLimit: boolean;
}

function toFinishReason(finish: UpstreamFinish, facts: AnswerFacts): FinishReason {
  switch (finish) {
    case "failed":
      throw new GatewayError("upstream_failed", "The model stopped with an error.", { retryable: true });
    case "length":
    case "content_filter":
      // Calls override only `stop`: an answer that was cut or filtered stays that.
      return finish;
    case "tool_calls":
      if (facts.hasToolCalls) return "tool_calls";
      if (facts.hasOutput) return "stop";
      throw new GatewayError("upstream_failed", "The model announced a tool call and made none.", { retryable: true });
    case "stop":
      return facts.hasToolCalls ? "tool_calls" : "stop";
    case "unnamed":
      if (facts.hasToolCalls) return "tool_calls";
      return facts.hitLimit ? "length" : "stop";
    default:
      return finish satisfies never;
  }
}

function isErrorFrame(frame: JsonRecord): boolean {
  if (typeof frame["internalCode"] === "number") return true;
  if (Array.isArray(frame["errors"]) && frame["errors"].length > 0) return true;
  return isRecord(frame["error"]) || typeof frame["error"] === "string";
}
