import type { Completion as TextCompletion, CompletionChoice } from "openai/resources/completions";
import type { Completion } from "../completion/collect.ts";
import type { FinishReason } from "../completion/event.ts";
import type { AnswerIdentity } from "./answer-identity.ts";
import { toUsageMember } from "./usage.ts";

/**
 * Whole completions as the body of a text completion answer. `prefixes` stand before the text of each choice: the
 * prompt, where it is to be echoed.
 */
export function toTextCompletion(
  completions: readonly Completion[],
  identity: AnswerIdentity,
  prefixes: readonly string[],
): TextCompletion {
  return {
    id: identity.id,
    object: "text_completion",
    created: identity.created,
    model: identity.model,
    choices: completions.map((completion, index) => ({
      text: (prefixes[index] ?? "") + completion.text,
      index,
      logprobs: null,
      finish_reason: toTextFinishReason(completion.finishReason),
    })),
    ...toUsageMember(completions),
  };
}

/** Text completions offer no tools; a model that calls one unasked has stopped. */
export function toTextFinishReason(reason: FinishReason): CompletionChoice["finish_reason"] {
  return reason === "tool_calls" ? "stop" : reason;
}
