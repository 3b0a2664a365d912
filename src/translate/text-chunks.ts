import type { AnswerIdentity } from "./answer-identity.ts";
import { createChunkFrames } from "./chunk-frames.ts";
import type { UsageForm } from "./chunk-frames.ts";
import { createChunkRenderer } from "./chunk-renderer.ts";
import type { ChoiceEvent } from "./chunk-renderer.ts";
import { toTextLogprobs } from "./logprobs.ts";
import type { StreamRenderer } from "./stream-renderer.ts";
import { toTextFinishReason } from "./text-completion.ts";

export interface TextChunkOptions extends UsageForm {
  /** What stands before the answer of each choice: the prompt, where it is to be echoed. */
  readonly prefixes: readonly string[];
}

/** Writes a text completion as chunks. Reasoning and tool calls have no place in this form and are left out. */
export function createTextChunkRenderer(identity: AnswerIdentity, options: TextChunkOptions): StreamRenderer {
  const frames = createChunkFrames("text_completion", identity, options);
  /** How much text of a choice is out, in characters. */
  const lengths: number[] = [];

  function chunk(choice: number, text: string, finishReason?: string, logprobs?: readonly unknown[]): string {
    const offset = lengths[choice] ?? 0;
    const prefix = offset === 0 ? (options.prefixes[choice] ?? "") : "";
    lengths[choice] = offset + prefix.length + text.length;
    const reason = finishReason === undefined ? "null" : `"${finishReason}"`;
    const probabilities = JSON.stringify(toTextLogprobs(logprobs, offset + prefix.length));
    return frames.chunk(
      `{"text":${JSON.stringify(prefix + text)},"index":${choice},"logprobs":${probabilities},"finish_reason":${reason}}`,
    );
  }

  function renderEvent(choice: number, event: ChoiceEvent): string {
    switch (event.type) {
      case "text-delta":
        return chunk(choice, event.text, undefined, event.logprobs);
      case "finish":
        return chunk(choice, "", toTextFinishReason(event.reason));
      case "reasoning-delta":
      case "tool-call-start":
      case "tool-call-delta":
      case "tool-call-end":
        return "";
      default:
        return event satisfies never;
    }
  }

  return createChunkRenderer(frames, renderEvent);
}
