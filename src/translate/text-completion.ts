import type { Completion as TextCompletion, CompletionChoice } from "openai/resources/completions";
import type { Completion } from "../completion/collect.ts";
import type { FinishReason } from "../completion/event.ts";
import type { AnswerIdentity } from "./answer-identity.ts";
import { toCompletionUsage } from "./usage.ts";

/** A whole completion as the body of a text completion answer. `prefix` is the prompt, where it is to be echoed. */
export function toTextCompletion(completion: Completion, identity: AnswerIdentity, prefix: string): TextCompletion {
  return {
    id: identity.id,
    object: "text_completion",
    created: identity.created,
    model: identity.model,
    choices: [
      {
        text: prefix + completion.text,
        index: 0,
        logprobs: null,
        finish_reason: toTextFinishReason(completion.finishReason),
      },
    ],
    ...(completion.usage !== undefined && { usage: toCompletionUsage(completion.usage) }),
  };
}

/** Text completions offer no tools; a model that calls one unasked has stopped. */
export function toTextFinishReason(reason: FinishReason): CompletionChoice["finish_reason"] {
  return reason === "tool_calls" ? "stop" : reason;
}
