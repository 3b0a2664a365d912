import type { Completion as TextCompletion, CompletionChoice } from "openai/resources/completions";
import type { Completion } from "../completion/collect.ts";
import type { FinishReason } from "../completion/event.ts";
import { GatewayError } from "../errors.ts";
import type { AnswerIdentity } from "./answer-identity.ts";
import { meanLogprob, toTextLogprobs } from "./logprobs.ts";
import { toUsageMember } from "./usage.ts";
import type { CostReader } from "./usage.ts";

/**
 * Whole completions as the body of a text completion answer. `prefixes` stand before the text of each choice: the
 * prompt, where it is to be echoed. `all` are those that cost tokens, where not all of them are shown.
 */
export function toTextCompletion(
  completions: readonly Completion[],
  identity: AnswerIdentity,
  prefixes: readonly string[],
  all: readonly Completion[] = completions,
  readCost?: CostReader,
): TextCompletion {
  return {
    id: identity.id,
    object: "text_completion",
    created: identity.created,
    model: identity.model,
    choices: completions.map((completion, index) => ({
      text: (prefixes[index] ?? "") + completion.text,
      index,
      logprobs: toTextLogprobs(completion.logprobs, (prefixes[index] ?? "").length),
      finish_reason: toTextFinishReason(completion.finishReason),
    })),
    ...toUsageMember(all, readCost),
  };
}

/** Text completions offer no tools; a model that calls one unasked has stopped. */
export function toTextFinishReason(reason: FinishReason): CompletionChoice["finish_reason"] {
  return reason === "tool_calls" ? "stop" : reason;
}

/**
 * Of every `bestOf` completions, which belong to one prompt, the `n` to which their model gave the highest probability
 * a token, best first. Usage stays that of all of them. Throws where the model told no probabilities.
 */
export function pickBest(completions: readonly Completion[], n: number, bestOf: number): readonly Completion[] {
  const best: Completion[] = [];
  for (let start = 0; start < completions.length; start += bestOf) {
    const ranked = completions
      .slice(start, start + bestOf)
      .map((completion) => ({ completion, likelihood: toLikelihood(completion) }))
      .toSorted((first, second) => second.likelihood - first.likelihood);
    best.push(...ranked.slice(0, n).map(({ completion }) => completion));
  }
  return best;
}

function toLikelihood(completion: Completion): number {
  const mean = meanLogprob(completion.logprobs);
  if (mean !== undefined) return mean;
  throw new GatewayError(
    "upstream_failed",
    "The model told no log probabilities, so its best answer cannot be picked.",
  );
}
