import { describe, expect, it } from "vitest";
import { toRateLimitHeaders, toResetText } from "../../src/openai/rate-limit-headers.ts";

describe("the headers of a rate limit", () => {
  it("tell of each limit that there is", () => {
    const requests = { limit: 60, remaining: 59, resetMs: 1000 };
    const tokens = { limit: 150_000, remaining: 149_984, resetMs: 360_000 };
    expect(toRateLimitHeaders({ requests, tokens })).toEqual({
      "x-ratelimit-limit-requests": "60",
      "x-ratelimit-remaining-requests": "59",
      "x-ratelimit-reset-requests": "1s",
      "x-ratelimit-limit-tokens": "150000",
      "x-ratelimit-remaining-tokens": "149984",
      "x-ratelimit-reset-tokens": "6m0s",
    });
    expect(toRateLimitHeaders({ requests: undefined, tokens: undefined })).toEqual({});
  });

  it.each([
    [0, "0s"],
    [0.4, "0s"],
    [7, "7ms"],
    [999.6, "1s"],
    [1500, "1.5s"],
    [59_750, "59.75s"],
    [60_000, "1m0s"],
    [90_951, "1m30.951s"],
    [360_000, "6m0s"],
    [3_600_000, "1h0m0s"],
    [86_465_000, "24h1m5s"],
    [-5, "0s"],
  ])("write %d ms as %s", (milliseconds, text) => {
    expect(toResetText(milliseconds)).toBe(text);
  });
});
