import type { ChatCompletion, ChatCompletionMessage } from "openai/resources/chat/completions";
import type { Completion } from "../completion/collect.ts";
import type { AnswerIdentity } from "./answer-identity.ts";
import { toCompletionUsage } from "./usage.ts";

/** `reasoning_content` is no member of OpenAI's, but the name under which most clients look for reasoning. */
type ChatMessage = ChatCompletionMessage & { reasoning_content?: string };

export interface ChatForm {
  /** The request spoke of `functions`: the answer has `function_call` in place of `tool_calls`. */
  readonly isLegacy: boolean;
}

/** A whole completion as the body of a chat completion answer. */
export function toChatCompletion(completion: Completion, identity: AnswerIdentity, form: ChatForm): ChatCompletion {
  return {
    id: identity.id,
    object: "chat.completion",
    created: identity.created,
    model: identity.model,
    choices: [
      {
        index: 0,
        message: toMessage(completion, form),
        logprobs: null,
        finish_reason: toChatFinishReason(completion.finishReason, form),
      },
    ],
    ...(completion.usage !== undefined && { usage: toCompletionUsage(completion.usage) }),
  };
}

/** Content is null, as OpenAI has it, only beside calls; an empty answer is an empty text. */
function toMessage(completion: Completion, form: ChatForm): ChatMessage {
  const [firstCall] = completion.toolCalls;
  return {
    role: "assistant",
    content: completion.text === "" && firstCall !== undefined ? null : completion.text,
    refusal: null,
    ...(completion.reasoning !== "" && { reasoning_content: completion.reasoning }),
    ...(firstCall !== undefined &&
      (form.isLegacy
        ? { function_call: { name: firstCall.name, arguments: firstCall.arguments } }
        : {
            tool_calls: completion.toolCalls.map((call) => ({
              id: call.id,
              type: "function" as const,
              function: { name: call.name, arguments: call.arguments },
            })),
          })),
  };
}

export function toChatFinishReason(
  reason: Completion["finishReason"],
  form: ChatForm,
): ChatCompletion.Choice["finish_reason"] {
  return reason === "tool_calls" && form.isLegacy ? "function_call" : reason;
}
