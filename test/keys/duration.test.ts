import { describe, expect, it } from "vitest";
import { parseDuration } from "../../src/keys/duration.ts";

describe("parseDuration", () => {
  it.each([
    ["30s", 30_000],
    ["5m", 300_000],
    ["12h", 43_200_000],
    ["1d", 86_400_000],
    ["30d", 2_592_000_000],
    ["2w", 1_209_600_000],
  ])("%s is %d ms", (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it.each(["", "0d", "d", "1", "1.5h", "-1d", "1 d", "1D", "1mo", "1y", "9999999s", "١d"])("%j is none", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});
