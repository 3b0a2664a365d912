import type { CompletionUsage } from "openai/resources/completions";
import type { Completion } from "../completion/collect.ts";
import type { Usage } from "../completion/event.ts";
import { addUsage } from "../completion/usage.ts";

/** Usage as OpenAI writes it, for chat and text completions. The details are there only if the upstream gave them. */
function toCompletionUsage(usage: Usage): CompletionUsage {
  return {
    prompt_tokens: usage.promptTokens,
    completion_tokens: usage.completionTokens,
    total_tokens: usage.totalTokens,
    ...(usage.cachedTokens !== undefined && { prompt_tokens_details: { cached_tokens: usage.cachedTokens } }),
    ...(usage.reasoningTokens !== undefined && {
      completion_tokens_details: { reasoning_tokens: usage.reasoningTokens },
    }),
  };
}

/** The usage of an answer: that of all its choices together; nothing where the upstream left one of them unreported. */
export function toTotalUsage(usages: readonly Usage[], choices: number): CompletionUsage | undefined {
  const [first, ...rest] = usages;
  if (first === undefined || usages.length < choices) return undefined;
  return toCompletionUsage(rest.reduce(addUsage, first));
}

/** The same, as the member of a whole answer. */
export function toUsageMember(completions: readonly Completion[]): { usage?: CompletionUsage } {
  const usages = completions.flatMap(({ usage }) => (usage === undefined ? [] : [usage]));
  const usage = toTotalUsage(usages, completions.length);
  return usage === undefined ? {} : { usage };
}
