import { describe, expect, it } from "vitest";
import type { Usage } from "../../src/completion/event.ts";
import { price, unitPrice } from "../../src/models/catalogue/entry.ts";
import { addCosts, toCost } from "../../src/models/consumption.ts";

function usage(promptTokens: number, completionTokens: number, more: Partial<Usage> = {}): Usage {
  const totalTokens = promptTokens + completionTokens;
  const unknown = { cachedTokens: undefined, reasoningTokens: undefined, neurons: undefined };
  return { promptTokens, completionTokens, totalTokens, ...unknown, ...more };
}

describe("the cost of a consumption", () => {
  it("is that of its tokens, at the price of a million", () => {
    const cost = toCost({ usage: usage(1000, 100) }, price(0.293, 2.253));
    expect(cost?.dollars).toBeCloseTo(0.000_518_3, 12);
    // The price list itself names 26,668 and 204,805 neurons a million.
    expect(cost?.neurons).toBeCloseTo(26.668 + 20.4805, 1);
  });

  it("counts cached tokens at their own price, where there is one", () => {
    const consumption = { usage: usage(1000, 0, { cachedTokens: 400 }) };
    expect(toCost(consumption, price(1, 1, 0.1))?.dollars).toBeCloseTo(0.000_64, 12);
    expect(toCost(consumption, price(1, 1))?.dollars).toBeCloseTo(0.001, 12);
  });

  it("never counts more cached tokens than the prompt has", () => {
    expect(toCost({ usage: usage(10, 0, { cachedTokens: 50 }) }, price(1, 1, 0))?.dollars).toBe(0);
  });

  it("is the upstream's own figure where it tells one, whatever the price list says", () => {
    expect(toCost({ usage: usage(1, 1, { neurons: 1.77 }) }, price(99, 99))).toEqual({
      dollars: 1.77 * 0.000_011,
      neurons: 1.77,
    });
    expect(toCost({ neurons: 2 }, undefined)?.neurons).toBe(2);
  });

  it("is that of units, all of which have to be counted", () => {
    const prices = unitPrice({ outputTile: 0.5, step: 0.25 });
    expect(toCost({ units: { outputTile: 4, step: 2, image: 1 } }, prices)?.dollars).toBe(2.5);
    expect(toCost({ units: { outputTile: 4 } }, prices)).toBeUndefined();
  });

  it.each([
    ["without a price", usage(1, 1), undefined],
    ["without a price for the answer", usage(1, 1), price(1)],
    ["without a count of tokens", undefined, price(1, 1)],
  ])("is unknown %s", (_name, tokens, prices) => {
    expect(toCost({ usage: tokens }, prices)).toBeUndefined();
  });

  it("needs no price for what was not used", () => {
    expect(toCost({ usage: usage(1_000_000, 0) }, price(0.012))?.dollars).toBe(0.012);
  });

  it("adds up, and is unknown where a part is", () => {
    expect(addCosts({ dollars: 1, neurons: 2 }, { dollars: 3, neurons: 4 })).toEqual({ dollars: 4, neurons: 6 });
    expect(addCosts({ dollars: 1, neurons: 2 }, undefined)).toBeUndefined();
  });
});
