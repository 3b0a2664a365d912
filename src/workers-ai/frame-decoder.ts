import type { CompletionEvent, FinishReason } from "../completion/event.ts";
import { createToolCallTracker } from "../completion/tool-calls.ts";
import { createUsageTracker } from "../completion/usage.ts";
import { GatewayError } from "../errors.ts";
import { isRecord } from "../json.ts";
import type { JsonRecord } from "../json.ts";
import type { UpstreamFinish } from "./frame.ts";
import { readFrame, unwrap } from "./read-frame.ts";
import type { AnyFrameReading, PlainReading } from "./read-frame.ts";
import { toErrorFromFrame } from "./upstream-error.ts";
import { isErrorReport } from "./upstream-report.ts";

export interface FrameDecoderOptions {
  readonly mintToolCallId: () => string;
  /** The `max_tokens` that the upstream was given: an answer without a finish reason that used them all was cut. */
  readonly maxTokens: number | undefined;
  /** Log probabilities that nobody asked for are left out. */
  readonly wantsLogprobs: boolean;
}

/** Turns the frames of one answer, whatever their wire format, into events. */
export interface FrameDecoder {
  /**
   * Adds the events of one frame to `events`, and returns what it said. Throws a `GatewayError` where the frame reports a
   * failure.
   */
  decode(frame: JsonRecord, isWholeAnswer: boolean, events: CompletionEvent[]): AnyFrameReading;
  /** The same for a plain frame of a stream, which somebody else has read. */
  take(reading: PlainReading, events: CompletionEvent[]): void;
  /** The upstream said that the answer is complete, without a frame of its own (`[DONE]`). */
  markDone(): void;
  /** Adds the last events: open tool calls, usage, finish. Throws where the answer ended without being complete. */
  end(events: CompletionEvent[]): void;
  /** Whether the upstream has said how, or at least that, the answer ended. */
  isFinished(): boolean;
}

export function createFrameDecoder({ mintToolCallId, maxTokens, wantsLogprobs }: FrameDecoderOptions): FrameDecoder {
  const toolCalls = createToolCallTracker(mintToolCallId);
  const usages = createUsageTracker();
  let finish: UpstreamFinish | undefined;
  let stopSequence: string | undefined;
  let hasOutput = false;
  /** Tool calls came inside `choices`: the flat copies beside them are the same calls once more. */
  let hasChoicesCalls = false;
  /** Probabilities of tokens whose text is still to come: a character may be made of several tokens. */
  let logprobs: unknown[] = [];

  function takeText(text: string, padding: string, events: CompletionEvent[]): void {
    if (logprobs.length === 0) {
      // Written out: this runs for every token, and an object that is put together from parts takes three times as long.
      events.push(padding === "" ? { type: "text-delta", text } : { type: "text-delta", text, padding });
      return;
    }
    events.push({ type: "text-delta", text, logprobs, ...(padding !== "" && { padding }) });
    logprobs = [];
  }

  /** A reason that was named once stays. An end without one was none if output follows it. */
  function takeFinish(found: UpstreamFinish | undefined, isOutput: boolean): void {
    if (found !== undefined && (finish === undefined || finish === "unnamed")) finish = found;
    else if (isOutput && finish === "unnamed") finish = undefined;
  }

  return {
    decode(frame, isWholeAnswer, events) {
      if (isErrorReport(frame)) throw toErrorFromFrame(frame);
      const answer = unwrap(frame);
      if (isWholeAnswer && !isAnswer(answer)) {
        throw new GatewayError("upstream_failed", "Workers AI sent an empty answer.", { retryable: true });
      }
      const before = events.length;
      const reading = readFrame(answer, isWholeAnswer);
      if (reading.toolCalls.length > 0) hasChoicesCalls = true;
      if (wantsLogprobs && reading.logprobs.length > 0) logprobs.push(...reading.logprobs);
      if (reading.reasoning !== "") events.push({ type: "reasoning-delta", text: reading.reasoning });
      if (reading.text !== "") takeText(reading.text, reading.padding, events);
      for (const fragment of hasChoicesCalls ? reading.toolCalls : reading.nativeToolCalls)
        toolCalls.add(fragment, events);
      if (reading.usage !== undefined) usages.add(reading.usage);
      const isOutput = events.length > before;
      if (isOutput) hasOutput = true;
      takeFinish(reading.finish, isOutput);
      stopSequence = reading.stoppedAt ?? stopSequence;
      return reading;
    },
    take({ text, reasoning, padding, usage }, events) {
      if (text === "") events.push({ type: "reasoning-delta", text: reasoning });
      else takeText(text, padding, events);
      if (usage !== undefined) usages.add(usage);
      hasOutput = true;
      takeFinish(undefined, true);
    },
    markDone() {
      finish ??= "unnamed";
    },
    end(events) {
      if (finish === undefined) {
        const message = "Workers AI ended the answer before it was complete.";
        throw new GatewayError("upstream_failed", message, { retryable: true });
      }
      if (logprobs.length > 0) takeText("", "", events);
      toolCalls.end(events);
      const used = usages.usage();
      const hitLimit = maxTokens !== undefined && (used?.completionTokens ?? 0) >= maxTokens;
      const reason = toFinishReason(finish, { hasOutput, hasToolCalls: toolCalls.count() > 0, hitLimit });
      if (used !== undefined) events.push({ type: "usage", usage: used });
      events.push({ type: "finish", reason, ...(stopSequence !== undefined && reason === "stop" && { stopSequence }) });
    },
    isFinished() {
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
      // Quirk(openai, gemma-4, 2026-07): a tool call is announced and none is made; what there is of an answer ends
      // as `stop`, and nothing at all is a failure; fixtures openai-announced-call.json, openai-announced-nothing.json.
      if (facts.hasOutput) return "stop";
      throw new GatewayError("upstream_failed", "The model announced a tool call and made none.", { retryable: true });
    case "stop":
      // Quirk(native and openai, several models, 2026-07): calls were made and the reason is `stop`; clients that look
      // at the reason would not run them; fixture openai-stop-after-call.sse.
      return facts.hasToolCalls ? "tool_calls" : "stop";
    case "unnamed":
      if (facts.hasToolCalls) return "tool_calls";
      return facts.hitLimit ? "length" : "stop";
    default:
      return finish satisfies never;
  }
}

/**
 * Quirk(openai, gpt-oss and kimi-k2, 2026-07): a JSON object without any member of an answer comes where a stream was
 * asked. It is a failure, which may be repeated, and no empty completion; fixture empty-object.json.
 */
function isAnswer(frame: JsonRecord): boolean {
  if (Array.isArray(frame["choices"]) && frame["choices"].length > 0) return true;
  return (
    "response" in frame || isRecord(frame["delta"]) || isRecord(frame["usage"]) || Array.isArray(frame["tool_calls"])
  );
}
