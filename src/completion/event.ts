import type { Source } from "../stream/source.ts";

/**
 * The neutral words between the two wires. Every completion, streamed or not, from any model family, is a stream of
 * these; decoders in `workers-ai/` make them, renderers in `translate/` write them out.
 */
export type CompletionEvent =
  | TextDelta
  | ReasoningDelta
  | ToolCallStart
  | ToolCallDelta
  | ToolCallEnd
  | UsageEvent
  | FinishEvent;

export interface TextDelta {
  readonly type: "text-delta";
  readonly text: string;
  /** OpenAI's log probability entries for this text, as received; absent where the upstream gave none. */
  readonly logprobs?: readonly unknown[];
  /** Random text that the upstream added to the frame, so that its size does not tell the length of the token. */
  readonly padding?: string;
}

export interface ReasoningDelta {
  readonly type: "reasoning-delta";
  readonly text: string;
}

/** Opens a tool call. `index` counts 0, 1, 2 … within one completion; `id` is unique and never changes. */
export interface ToolCallStart {
  readonly type: "tool-call-start";
  readonly index: number;
  readonly id: string;
  readonly name: string;
}

/** A piece of the arguments' JSON text. The pieces of one call, joined, are one JSON document. */
export interface ToolCallDelta {
  readonly type: "tool-call-delta";
  readonly index: number;
  readonly argumentsDelta: string;
}

export interface ToolCallEnd {
  readonly type: "tool-call-end";
  readonly index: number;
}

/** What the upstream said it used; sent at most once, and not at all if the upstream said nothing. */
export interface UsageEvent {
  readonly type: "usage";
  readonly usage: Usage;
}

/** The end of a completion that is known to be complete. A completion without this event failed. */
export interface FinishEvent {
  readonly type: "finish";
  readonly reason: FinishReason;
  /** The stop sequence that ended the text; absent where none did, or where the upstream does not say which. */
  readonly stopSequence?: string;
}

export type FinishReason = "stop" | "length" | "tool_calls" | "content_filter";

/** Tokens, as the upstream counted them. `cached` and `reasoning` are parts of `prompt` and `completion`. */
export interface Usage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly totalTokens: number;
  readonly cachedTokens: number | undefined;
  readonly reasoningTokens: number | undefined;
  /** Cloudflare's billing unit, where the model reports it. */
  readonly neurons: number | undefined;
}

/**
 * A completion in flight. One batch holds all the events of one upstream network chunk, in order; it is never empty. The
 * end comes after the `finish` event; a failure is a `GatewayError`.
 *
 * Not an async generator: `return()` on a generator waits for the read that is pending inside it, and a client that
 * leaves must cancel exactly that read.
 */
export type CompletionStream = Source<readonly CompletionEvent[]>;
