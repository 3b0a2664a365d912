import { describe, expect, it } from "vitest";
import { formatDay, lastDays } from "../../src/playground/usage/period.ts";
import { parseUsagePage, type UsageRow } from "../../src/playground/usage/rows.ts";
import { groupBy, toAxisEnd, toSeries, total } from "../../src/playground/usage/summary.ts";

/** A row as `GET /admin/usage` gives it. */
function toListed(day: string, key: string, model: string, requests: number, cost: number) {
  return {
    key_id: key,
    key_name: `the ${key}`,
    day,
    model,
    requests,
    errors: 1,
    prompt_tokens: 10,
    cached_tokens: 4,
    completion_tokens: 5,
    cost,
    neurons: 1,
  };
}

const { rows } = parseUsagePage({
  object: "list",
  data: [
    toListed("2026-11-24", "a", "small", 1, 0.5),
    toListed("2026-11-25", "a", "large", 2, 2),
    toListed("2026-11-25", "b", "small", 4, 0.25),
  ],
  last_id: "b",
  has_more: false,
});
function costs(dimension: "key" | "model" | "day") {
  return groupBy(rows, dimension).map(({ id, name, figures }) => [id, name, figures.cost]);
}

const days = ["2026-11-24", "2026-11-25", "2026-11-26"];

describe("the list of usage", () => {
  it("is read with what the figures mean", () => {
    expect(rows[0]).toEqual({
      day: "2026-11-24",
      keyId: "a",
      keyName: "the a",
      model: "small",
      figures: { requests: 1, errors: 1, promptTokens: 10, cachedTokens: 4, completionTokens: 5, cost: 0.5 },
    } satisfies UsageRow);
  });

  it("says where its next page begins, where there is one", () => {
    expect(parseUsagePage({ data: [], last_id: "x", has_more: true }).next).toBe("x");
    expect(parseUsagePage({ data: [], last_id: "x", has_more: false }).next).toBeUndefined();
    expect(() => parseUsagePage({ error: {} })).toThrow(TypeError);
  });
});

describe("the sums", () => {
  it("add every figure", () => {
    expect(total(rows)).toEqual({
      requests: 7,
      errors: 3,
      promptTokens: 30,
      cachedTokens: 12,
      completionTokens: 15,
      cost: 2.75,
    });
    expect(total([]).cost).toBe(0);
  });

  it("are by key and by model, the most expensive first, and by day, the last first", () => {
    expect(costs("key")).toEqual([
      ["a", "the a", 2.5],
      ["b", "the b", 0.25],
    ]);
    expect(costs("model")).toEqual([
      ["large", "large", 2],
      ["small", "small", 0.75],
    ]);
    expect(costs("day").map(([id]) => id)).toEqual(["2026-11-25", "2026-11-24"]);
  });
});

describe("the series of the chart", () => {
  it("have an amount for each day, also where there was nothing", () => {
    expect(toSeries(rows, days, "model", "requests")).toEqual([
      { name: "small", amounts: [1, 4, 0] },
      { name: "large", amounts: [0, 2, 0] },
    ]);
    expect(toSeries(rows, days, "key", "cost")).toEqual([
      { name: "the a", amounts: [0.5, 2, 0] },
      { name: "the b", amounts: [0, 0.25, 0] },
    ]);
  });

  it("show six at most, the small ones together, and lose nothing", () => {
    const many = Array.from({ length: 20 }, (_none, position) =>
      toListed("2026-11-25", "a", `m${position}`, 20 - position, 1),
    );
    const series = toSeries(parseUsagePage({ data: many }).rows, days, "model", "requests");
    expect(series.map(({ name }) => name)).toEqual(["m0", "m1", "m2", "m3", "m4", "15 others"]);
    expect(series.reduce((sum, { amounts }) => sum + (amounts[1] ?? 0), 0)).toBe(210);
  });

  it("are none where nothing of the kind was used", () => {
    expect(toSeries([], days, "model", "errors")).toEqual([]);
  });
});

describe("the axes", () => {
  it.each([
    [0, 1],
    [0.000_34, 0.0005],
    [1, 1],
    [1.2, 2],
    [2.3, 2.5],
    [700, 1000],
    [1000, 1000],
  ])("end above %d in %d", (largest, end) => {
    expect(toAxisEnd(largest)).toBeCloseTo(end, 12);
  });

  it("name the days up to today, in UTC", () => {
    expect(lastDays(3, Date.UTC(2026, 10, 26, 23, 59))).toEqual(days);
    expect(formatDay("2026-11-05")).toBe("5 Nov");
  });
});
