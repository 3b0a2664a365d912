import type { CompletionUsage } from "openai/resources/completions";
import type { Completion } from "../completion/collect.ts";
import type { Usage } from "../completion/event.ts";
import { addUsage } from "../completion/usage.ts";
import type { Cost } from "../models/consumption.ts";

/** `cost`, in US dollars, is a member of OpenRouter's; `neurons` are Cloudflare's billing unit. */
export interface PricedUsage extends CompletionUsage {
  readonly cost?: number;
  readonly neurons?: number;
}

/** Tells what a request has cost so far, where that is asked for; `undefined` where it is not known. */
export type CostReader = () => Cost | undefined;

/** Usage as OpenAI writes it, for chat and text completions. The details are there only if the upstream gave them. */
function toCompletionUsage(usage: Usage, cost: Cost | undefined): PricedUsage {
  return {
    prompt_tokens: usage.promptTokens,
    completion_tokens: usage.completionTokens,
    total_tokens: usage.totalTokens,
    ...(usage.cachedTokens !== undefined && { prompt_tokens_details: { cached_tokens: usage.cachedTokens } }),
    ...(usage.reasoningTokens !== undefined && {
      completion_tokens_details: { reasoning_tokens: usage.reasoningTokens },
    }),
    ...(cost !== undefined && { cost: cost.dollars, neurons: cost.neurons }),
  };
}

/** The usage of an answer: that of all its choices together; nothing where the upstream left one of them unreported. */
export function toTotalUsage(
  usages: readonly Usage[],
  choices: number,
  readCost: CostReader | undefined,
): PricedUsage | undefined {
  const [first, ...rest] = usages;
  if (first === undefined || usages.length < choices) return undefined;
  return toCompletionUsage(rest.reduce(addUsage, first), readCost?.());
}

/** The same, as the member of a whole answer. */
export function toUsageMember(
  completions: readonly Completion[],
  readCost: CostReader | undefined,
): { usage?: PricedUsage } {
  const usages = completions.flatMap(({ usage }) => (usage === undefined ? [] : [usage]));
  const usage = toTotalUsage(usages, completions.length, readCost);
  return usage === undefined ? {} : { usage };
}
