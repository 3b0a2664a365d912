import type { Usage } from "./event.ts";

/** Usage as one upstream frame reports it, read but not yet judged. */
export interface UsageReading {
  readonly usage: Usage;
  /** The frame carries nothing else: it is the summary at the end of a stream, and its figures are totals. */
  readonly isSummary: boolean;
}

/**
 * Finds the one true usage among the many that a stream may report.
 *
 * Quirk(openai, gemma-4, glm, kimi-k2, 2026-10): three habits are known: one total at the end; a running total in every
 * chunk; and, in every chunk, what that chunk alone used (the first one carries the prompt, the later ones say 0 prompt
 * tokens), with a total at the end. The total wins, else the running one or the sum, as the first chunks tell; fixtures
 * openai-incremental-usage.sse, openai-incremental-no-total.sse, openai-cumulative-usage.sse.
 */
export interface UsageTracker {
  add(reading: UsageReading): void;
  /** What was used so far; `undefined` if nothing was reported. */
  usage(): Usage | undefined;
}

export function createUsageTracker(): UsageTracker {
  let summary: Usage | undefined;
  let largest: Usage | undefined;
  let sum: Usage | undefined;
  let isIncremental = false;
  return {
    add({ usage, isSummary }) {
      if (isSummary) {
        // The last summary wins: some streams send an increment in that form before the total.
        if (summary === undefined || usage.totalTokens >= summary.totalTokens) summary = usage;
        return;
      }
      if (sum !== undefined && sum.promptTokens > 0 && usage.promptTokens === 0) isIncremental = true;
      sum = sum === undefined ? usage : addUsage(sum, usage);
      if (largest === undefined || usage.totalTokens >= largest.totalTokens) largest = usage;
    },
    usage() {
      return summary ?? (isIncremental ? sum : largest);
    },
  };
}

/** The tokens of both; a part that neither reports stays unreported. */
export function addUsage(first: Usage, second: Usage): Usage {
  return {
    promptTokens: first.promptTokens + second.promptTokens,
    completionTokens: first.completionTokens + second.completionTokens,
    totalTokens: first.totalTokens + second.totalTokens,
    cachedTokens: addOptional(first.cachedTokens, second.cachedTokens),
    reasoningTokens: addOptional(first.reasoningTokens, second.reasoningTokens),
    neurons: addOptional(first.neurons, second.neurons),
  };
}

function addOptional(first: number | undefined, second: number | undefined): number | undefined {
  if (first === undefined) return second;
  return second === undefined ? first : first + second;
}
