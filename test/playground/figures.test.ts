import { describe, expect, it } from "vitest";
import type { Usage } from "../../src/playground/chat/answer.ts";
import { formatDollars, formatMilliseconds, formatTokens, toCost, toSpeed } from "../../src/playground/chat/figures.ts";
import { toAnswer } from "./samples.ts";

const usage: Usage = { prompt: 1000, completion: 100, cached: 400, reasoning: 0, cost: undefined };

describe("the cost of an answer", () => {
  it("is its tokens times the prices, cached ones at theirs", () => {
    expect(toCost(toAnswer({ usage }), { prompt: 1e-6, completion: 2e-6, cached: undefined })).toBeCloseTo(0.0012, 10);
    expect(toCost(toAnswer({ usage }), { prompt: 1e-6, completion: 2e-6, cached: 1e-7 })).toBeCloseTo(0.00084, 10);
  });

  it("is the gateway's own figure where there is one", () => {
    expect(toCost(toAnswer({ usage: { ...usage, cost: 0.5 } }), { prompt: 1, completion: 1, cached: undefined })).toBe(
      0.5,
    );
  });

  it("is what the headers say of an answer without a usage", () => {
    expect(toCost(toAnswer({ from: { cost: 0.25 } }), undefined)).toBe(0.25);
  });

  it("is not made up", () => {
    expect(toCost(toAnswer(), { prompt: 1, completion: 1, cached: undefined })).toBeUndefined();
    expect(toCost(toAnswer({ usage }), undefined)).toBeUndefined();
    expect(toCost(toAnswer({ usage }), { prompt: 1, completion: undefined, cached: undefined })).toBeUndefined();
  });
});

describe("the speed of an answer", () => {
  it("counts the tokens after the first", () => {
    expect(toSpeed(toAnswer({ usage, firstTokenAfter: 500, endedAfter: 1500 }))).toBeCloseTo(99, 5);
  });

  it("is none where the answer came at once, or its tokens are not known", () => {
    expect(toSpeed(toAnswer({ usage, firstTokenAfter: 500, endedAfter: 510 }))).toBeUndefined();
    expect(toSpeed(toAnswer({ firstTokenAfter: 500, endedAfter: 1500 }))).toBeUndefined();
    expect(toSpeed(toAnswer({ usage, endedAfter: 1500 }))).toBeUndefined();
  });
});

describe("figures for the eye", () => {
  it.each([
    [0, "$0"],
    [1.5, "$1.50"],
    [0.293, "$0.293"],
    [0.0001234567, "$0.000123"],
    [0.0000001, "$0.0000001"],
    [12.3456, "$12.35"],
  ])("write %d dollars as %s", (amount, text) => {
    expect(formatDollars(amount)).toBe(text);
  });

  it.each([
    [3.4, "3 ms"],
    [999, "999 ms"],
    [1234, "1.23 s"],
    [12_345, "12.3 s"],
  ])("write %d milliseconds as %s", (milliseconds, text) => {
    expect(formatMilliseconds(milliseconds)).toBe(text);
  });

  it.each([
    [512, "512"],
    [7968, "8k"],
    [24_000, "24k"],
    [131_072, "131k"],
    [1_048_576, "1M"],
  ])("write %d tokens as %s", (count, text) => {
    expect(formatTokens(count)).toBe(text);
  });
});
