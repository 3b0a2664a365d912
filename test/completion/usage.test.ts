import { describe, expect, it } from "vitest";
import type { Usage } from "../../src/completion/event.ts";
import { addUsage, createUsageTracker } from "../../src/completion/usage.ts";

function usageOf(promptTokens: number, completionTokens: number, members: Partial<Usage> = {}): Usage {
  const totalTokens = promptTokens + completionTokens;
  const none = { cachedTokens: undefined, reasoningTokens: undefined, neurons: undefined };
  return { promptTokens, completionTokens, totalTokens, ...none, ...members };
}

function track(frames: readonly Usage[], summaries: readonly Usage[] = []): Usage | undefined {
  const tracker = createUsageTracker();
  for (const usage of frames) tracker.add({ usage, isSummary: false });
  for (const usage of summaries) tracker.add({ usage, isSummary: true });
  return tracker.usage();
}

describe("the usage tracker", () => {
  it.each<[string, readonly Usage[], readonly Usage[], Usage | undefined]>([
    ["knows nothing where nothing was said", [], [], undefined],
    ["takes the only one", [usageOf(3, 4)], [], usageOf(3, 4)],
    ["takes the last of a running count", [usageOf(3, 0), usageOf(3, 1), usageOf(3, 2)], [], usageOf(3, 2)],
    ["adds up what each frame used", [usageOf(3, 0), usageOf(0, 1), usageOf(0, 2)], [], usageOf(3, 3)],
    ["takes the summary before all others", [usageOf(3, 0), usageOf(0, 1)], [usageOf(3, 9)], usageOf(3, 9)],
    ["takes the larger summary", [], [usageOf(0, 1), usageOf(3, 9)], usageOf(3, 9)],
    ["takes the larger summary in front of a smaller one", [], [usageOf(3, 9), usageOf(0, 1)], usageOf(3, 9)],
  ])("%s", (_, frames, summaries, usage) => {
    expect(track(frames, summaries)).toEqual(usage);
  });
});

describe("addUsage", () => {
  it("adds what either reports and leaves out what neither does", () => {
    const sum = addUsage(usageOf(1, 2, { neurons: 0.5 }), usageOf(3, 4, { cachedTokens: 2, neurons: 0.25 }));
    expect(sum).toEqual(usageOf(4, 6, { cachedTokens: 2, neurons: 0.75 }));
  });
});
