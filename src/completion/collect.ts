import type { CompletionEvent, CompletionStream, FinishReason, Usage } from "./event.ts";

/** A completion that has come to its end, in one piece. */
export interface Completion {
  readonly text: string;
  /** OpenAI's log probability entries for the text; `undefined` where the upstream gave none. */
  readonly logprobs?: readonly unknown[] | undefined;
  readonly reasoning: string;
  readonly toolCalls: readonly CollectedToolCall[];
  readonly finishReason: FinishReason;
  /** The stop sequence that ended the text, where it is known. */
  readonly stopSequence?: string | undefined;
  readonly usage: Usage | undefined;
}

export interface CollectedToolCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** Reads a stream to its end. Rejects with the stream's failure: half a completion is none. */
export async function collect(stream: CompletionStream): Promise<Completion> {
  const events: CompletionEvent[] = [];
  for (let batch = await stream.next(); batch !== undefined; batch = await stream.next()) {
    // Not spread: the arguments of a call are limited, and a batch may hold a hundred thousand events.
    for (const event of batch) events.push(event);
  }
  return collectEvents(events);
}

/** What the events of one completion add up to. */
export function collectEvents(events: readonly CompletionEvent[]): Completion {
  const text: string[] = [];
  const logprobs: unknown[] = [];
  const reasoning: string[] = [];
  const toolCalls: { id: string; name: string; arguments: string }[] = [];
  let finishReason: FinishReason = "stop";
  let stopSequence: string | undefined;
  let usage: Usage | undefined;
  for (const event of events) {
    switch (event.type) {
      case "text-delta":
        text.push(event.text);
        for (const entry of event.logprobs ?? []) logprobs.push(entry);
        break;
      case "reasoning-delta":
        reasoning.push(event.text);
        break;
      case "tool-call-start":
        toolCalls[event.index] = { id: event.id, name: event.name, arguments: "" };
        break;
      case "tool-call-delta": {
        const call = toolCalls[event.index];
        if (call !== undefined) call.arguments += event.argumentsDelta;
        break;
      }
      case "tool-call-end":
        break;
      case "usage":
        usage = event.usage;
        break;
      case "finish":
        finishReason = event.reason;
        stopSequence = event.stopSequence;
        break;
      default:
        event satisfies never;
    }
  }
  return {
    text: text.join(""),
    logprobs: logprobs.length === 0 ? undefined : logprobs,
    reasoning: reasoning.join(""),
    toolCalls,
    finishReason,
    stopSequence,
    usage,
  };
}
