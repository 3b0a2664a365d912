import type { ContentBlock, Message, StopReason, Usage } from "@anthropic-ai/sdk/resources/messages";
import type { Completion } from "../../completion/collect.ts";
import type { FinishReason, Usage as CompletionUsage } from "../../completion/event.ts";
import { isRecord, parseJson } from "../../json.ts";
import type { AnswerIdentity } from "../answer-identity.ts";

/** How an answer is shown to the caller of the Messages API. */
export interface MessageForm {
  /** `hidden`: nobody asked for the reasoning. `omitted`: that there was one is told, and not what it was. */
  readonly thinking: "shown" | "omitted" | "hidden";
  /** The texts that may have ended the answer. What an engine stopped at is one of them, or nothing to the caller. */
  readonly stopSequences: readonly string[];
}

/**
 * Stands where Anthropic proves that its model wrote the reasoning. Clients send reasoning back only with one, and this
 * gateway takes it back without proof.
 */
export const NO_SIGNATURE = "unsigned";

/** A whole completion as the body of an answer. Blocks come in the order in which models write them. */
export function toMessage(completion: Completion, identity: AnswerIdentity, form: MessageForm): Message {
  const { finishReason, stopSequence, usage } = completion;
  return {
    ...toEmptyMessage(identity),
    content: toContent(completion, form),
    ...toStop(finishReason, stopSequence, form),
    usage: toUsage(usage),
  };
}

/** A message of which nothing is known yet but who writes it; the head of a stream. */
export function toEmptyMessage({ id, model }: AnswerIdentity): Message {
  return {
    id,
    type: "message",
    role: "assistant",
    model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    stop_details: null,
    container: null,
    diagnostics: null,
    usage: toUsage(undefined),
  };
}

function toContent({ text, reasoning, toolCalls }: Completion, { thinking }: MessageForm): ContentBlock[] {
  const content: ContentBlock[] = [];
  if (reasoning !== "" && thinking !== "hidden") {
    content.push({ type: "thinking", thinking: thinking === "shown" ? reasoning : "", signature: NO_SIGNATURE });
  }
  if (text !== "") content.push({ type: "text", text, citations: null });
  for (const { id, name, arguments: json } of toolCalls) {
    content.push({ type: "tool_use", id: toToolUseId(id), name, input: toInput(json), caller: { type: "direct" } });
  }
  return content;
}

/** Inputs are objects. What a model wrote in place of one is kept, inside of one. */
function toInput(json: string): object {
  const value = parseJson(json);
  return isRecord(value) ? value : { arguments: json };
}

/** The gateway's own ids of calls, with the beginning that Anthropic's have. */
export function toToolUseId(id: string): string {
  return id.replace(/^call_/, "toolu_");
}

/** How the answer ended. A stop sequence is named only where it is known which one it was. */
export function toStop(
  reason: FinishReason,
  stopSequence: string | undefined,
  { stopSequences }: MessageForm,
): Pick<Message, "stop_reason" | "stop_sequence" | "stop_details"> {
  const isStopSequence = reason === "stop" && stopSequence !== undefined && stopSequences.includes(stopSequence);
  return {
    stop_reason: isStopSequence ? "stop_sequence" : toStopReason(reason),
    stop_sequence: isStopSequence ? stopSequence : null,
    stop_details: reason === "content_filter" ? { type: "refusal", category: null, explanation: null } : null,
  };
}

function toStopReason(reason: FinishReason): StopReason {
  switch (reason) {
    case "stop":
      return "end_turn";
    case "length":
      return "max_tokens";
    case "tool_calls":
      return "tool_use";
    case "content_filter":
      return "refusal";
    default:
      return reason satisfies never;
  }
}

/**
 * What the upstream said it used. The protocol has no way to leave counts out: they are 0 where the upstream said
 * nothing, and until it does. The prompt is counted without what was read from a cache.
 */
export function toUsage(usage: CompletionUsage | undefined): Usage {
  const { promptTokens = 0, completionTokens = 0, cachedTokens, reasoningTokens } = usage ?? {};
  return {
    input_tokens: promptTokens - (cachedTokens ?? 0),
    output_tokens: completionTokens,
    cache_creation_input_tokens: null,
    cache_read_input_tokens: cachedTokens ?? null,
    cache_creation: null,
    output_tokens_details: reasoningTokens === undefined ? null : { thinking_tokens: reasoningTokens },
    server_tool_use: null,
    service_tier: null,
    inference_geo: null,
    speed: null,
  };
}
