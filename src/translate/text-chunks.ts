import type { CompletionEvent, Usage } from "../completion/event.ts";
import type { AnswerIdentity } from "./answer-identity.ts";
import { createChunkFrames } from "./chunk-frames.ts";
import type { StreamRenderer } from "./stream-renderer.ts";
import { toTextFinishReason } from "./text-completion.ts";

export interface TextChunkOptions {
  readonly includeUsage: boolean;
  /** The prompt, where it is to be echoed before the answer. */
  readonly prefix: string;
}

/** Writes a text completion as chunks. Reasoning has no place in this form and is left out. */
export function createTextChunkRenderer(identity: AnswerIdentity, options: TextChunkOptions): StreamRenderer {
  const frames = createChunkFrames("text_completion", identity, options.includeUsage);
  let prefix = options.prefix;
  let usage: Usage | undefined;

  function chunk(text: string, finishReason: string | undefined): string {
    const whole = prefix + text;
    prefix = "";
    const reason = finishReason === undefined ? "null" : `"${finishReason}"`;
    return frames.chunk(`{"text":${JSON.stringify(whole)},"index":0,"logprobs":null,"finish_reason":${reason}}`);
  }

  function renderEvent(event: CompletionEvent): string {
    switch (event.type) {
      case "text-delta":
        return chunk(event.text, undefined);
      case "usage":
        usage = event.usage;
        return "";
      case "finish":
        return chunk("", toTextFinishReason(event.reason));
      case "reasoning-delta":
      case "tool-call-start":
      case "tool-call-delta":
      case "tool-call-end":
        return "";
      default:
        return event satisfies never;
    }
  }

  return {
    render(events) {
      let text = "";
      for (const event of events) text += renderEvent(event);
      return text;
    },
    end: () => frames.end(usage),
    fail: (error) => frames.fail(error),
  };
}
