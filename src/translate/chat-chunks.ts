import type { ChatCompletionChunk } from "openai/resources/chat/completions";
import type { FinishReason, TextDelta } from "../completion/event.ts";
import type { AnswerIdentity } from "./answer-identity.ts";
import { toChatFinishReason } from "./chat-completion.ts";
import { createToolCallDeltas } from "./chat-tool-calls.ts";
import type { ToolCallDeltas } from "./chat-tool-calls.ts";
import { createChunkFrames } from "./chunk-frames.ts";
import type { UsageForm } from "./chunk-frames.ts";
import { createChunkRenderer } from "./chunk-renderer.ts";
import type { ChoiceEvent } from "./chunk-renderer.ts";
import { toChatLogprobs } from "./logprobs.ts";
import type { StreamRenderer } from "./stream-renderer.ts";
import type { ToolForm } from "./tool-form.ts";

type Delta = ChatCompletionChunk.Choice.Delta & { reasoning_content?: string };

export interface ChatChunkOptions extends ToolForm, UsageForm {
  /** `stream_options.include_obfuscation`: the upstream's padding is passed on, unless the client does not want it. */
  readonly includeObfuscation: boolean;
}

interface ChoiceState {
  hasBegun: boolean;
  toolCalls: ToolCallDeltas | undefined;
  /** The chunk of a text, given as JSON. */
  readonly toTextChunk: (json: string, obfuscation?: string) => string;
}

/**
 * Writes a chat completion as chunks, in OpenAI's order for each choice: the role once, in the first delta; text and
 * tool calls; an empty delta with the finish reason. After all choices usage, if it was asked for and the upstream told
 * it, and `[DONE]`.
 */
export function createChatChunkRenderer(identity: AnswerIdentity, options: ChatChunkOptions): StreamRenderer {
  const frames = createChunkFrames("chat.completion.chunk", identity, options);
  const choices: ChoiceState[] = [];

  function stateOf(choice: number): ChoiceState {
    return (choices[choice] ??= {
      hasBegun: false,
      toolCalls: undefined,
      // A token's chunk differs from the last one's in its text only.
      toTextChunk: frames.around(`{"index":${choice},"delta":{"content":`, '},"logprobs":null,"finish_reason":null}'),
    });
  }

  function chunk(choice: number, delta: Delta, finishReason?: FinishReason, logprobs?: readonly unknown[]): string {
    const probabilities = logprobs === undefined ? "null" : JSON.stringify(toChatLogprobs(logprobs));
    const reason = finishReason === undefined ? "null" : `"${toChatFinishReason(finishReason, options)}"`;
    return frames.chunk(
      `{"index":${choice},"delta":${JSON.stringify(delta)},"logprobs":${probabilities},"finish_reason":${reason}}`,
    );
  }

  /** The first delta of a choice; its content is null where a tool call opens the answer. */
  function begin(choice: number, state: ChoiceState, content: "" | null): string {
    if (state.hasBegun) return "";
    state.hasBegun = true;
    return chunk(choice, { role: "assistant", content, refusal: null });
  }

  function renderText(choice: number, state: ChoiceState, { text, logprobs, padding }: TextDelta): string {
    const first = begin(choice, state, "");
    if (logprobs !== undefined) return first + chunk(choice, { content: text }, undefined, logprobs);
    return first + state.toTextChunk(JSON.stringify(text), options.includeObfuscation ? padding : undefined);
  }

  function renderEvent(choice: number, event: ChoiceEvent): string {
    const state = stateOf(choice);
    switch (event.type) {
      case "text-delta":
        return renderText(choice, state, event);
      case "reasoning-delta":
        return begin(choice, state, "") + chunk(choice, { reasoning_content: event.text });
      case "tool-call-start":
      case "tool-call-delta":
      case "tool-call-end": {
        state.toolCalls ??= createToolCallDeltas(options);
        const delta = state.toolCalls.toDelta(event);
        return delta === undefined ? "" : begin(choice, state, null) + chunk(choice, delta);
      }
      case "finish":
        return begin(choice, state, "") + chunk(choice, {}, event.reason);
      default:
        return event satisfies never;
    }
  }

  return createChunkRenderer(frames, renderEvent);
}
