import type { ChatCompletionChunk } from "openai/resources/chat/completions";
import type { CompletionEvent, FinishReason, Usage } from "../completion/event.ts";
import type { AnswerIdentity } from "./answer-identity.ts";
import { toChatFinishReason } from "./chat-completion.ts";
import type { ChatForm } from "./chat-completion.ts";
import { createChunkFrames } from "./chunk-frames.ts";
import type { StreamRenderer } from "./stream-renderer.ts";

type Delta = ChatCompletionChunk.Choice.Delta & { reasoning_content?: string };

export interface ChatChunkOptions extends ChatForm {
  /** `stream_options.include_usage`: a last chunk tells the usage, and every other one has `"usage": null`. */
  readonly includeUsage: boolean;
}

/**
 * Writes a chat completion as chunks, in OpenAI's order: the role once, in the first delta; text and tool calls; an
 * empty delta with the finish reason; usage, if it was asked for and the upstream told it; `[DONE]`.
 */
export function createChatChunkRenderer(identity: AnswerIdentity, options: ChatChunkOptions): StreamRenderer {
  const frames = createChunkFrames("chat.completion.chunk", identity, options.includeUsage);
  let hasRole = false;
  let usage: Usage | undefined;

  function chunk(delta: Delta, finishReason: FinishReason | undefined): string {
    const reason = finishReason === undefined ? "null" : `"${toChatFinishReason(finishReason, options)}"`;
    return frames.chunk(`{"index":0,"delta":${JSON.stringify(delta)},"logprobs":null,"finish_reason":${reason}}`);
  }

  /** The first delta of the answer; content is null where a tool call opens it. */
  function role(content: "" | null): string {
    if (hasRole) return "";
    hasRole = true;
    return chunk({ role: "assistant", content, refusal: null }, undefined);
  }

  function renderEvent(event: CompletionEvent): string {
    switch (event.type) {
      case "text-delta":
        return role("") + chunk({ content: event.text }, undefined);
      case "reasoning-delta":
        return role("") + chunk({ reasoning_content: event.text }, undefined);
      case "tool-call-start":
        return role(null) + chunk(toCallStart(event.index, event.id, event.name, options), undefined);
      case "tool-call-delta":
        return chunk(toCallDelta(event.index, event.argumentsDelta, options), undefined);
      case "tool-call-end":
        return "";
      case "usage":
        usage = event.usage;
        return "";
      case "finish":
        return role("") + chunk({}, event.reason);
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

function toCallStart(index: number, id: string, name: string, form: ChatForm): Delta {
  if (form.isLegacy) return { function_call: { name, arguments: "" } };
  return { tool_calls: [{ index, id, type: "function", function: { name, arguments: "" } }] };
}

function toCallDelta(index: number, argumentsDelta: string, form: ChatForm): Delta {
  if (form.isLegacy) return { function_call: { arguments: argumentsDelta } };
  return { tool_calls: [{ index, function: { arguments: argumentsDelta } }] };
}
