import type { ChatCompletion, ChatCompletionMessage } from "openai/resources/chat/completions";
import type { Completion } from "../completion/collect.ts";
import type { AnswerIdentity } from "./answer-identity.ts";
import { toCallMembers } from "./chat-tool-calls.ts";
import { toChatLogprobs } from "./logprobs.ts";
import type { ToolForm } from "./tool-form.ts";
import { toUsageMember } from "./usage.ts";
import type { CostReader } from "./usage.ts";

/** `reasoning_content` is no member of OpenAI's, but the name under which most clients look for reasoning. */
type ChatMessage = ChatCompletionMessage & { reasoning_content?: string };

/** Whole completions as the body of a chat completion answer, one choice each. */
export function toChatCompletion(
  completions: readonly Completion[],
  identity: AnswerIdentity,
  form: ToolForm,
  readCost?: CostReader,
): ChatCompletion {
  return {
    id: identity.id,
    object: "chat.completion",
    created: identity.created,
    model: identity.model,
    choices: completions.map((completion, index) => ({
      index,
      message: toMessage(completion, form),
      logprobs: toChatLogprobs(completion.logprobs),
      finish_reason: toChatFinishReason(completion.finishReason, form),
    })),
    ...toUsageMember(completions, readCost),
  };
}

/** Content is null, as OpenAI has it, only beside calls; an empty answer is an empty text. */
function toMessage(completion: Completion, form: ToolForm): ChatMessage {
  return {
    role: "assistant",
    content: completion.text === "" && completion.toolCalls.length > 0 ? null : completion.text,
    refusal: null,
    ...(completion.reasoning !== "" && { reasoning_content: completion.reasoning }),
    ...toCallMembers(completion.toolCalls, form),
  };
}

export function toChatFinishReason(
  reason: Completion["finishReason"],
  form: ToolForm,
): ChatCompletion.Choice["finish_reason"] {
  return reason === "tool_calls" && form.isLegacy ? "function_call" : reason;
}
