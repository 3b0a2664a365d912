import type { ModelPrice } from "../../models/model.ts";

// A thousand neurons cost so many dollars.
const DOLLARS_PER_THOUSAND_NEURONS = 0.011;

/** Cloudflare's billing unit, from a price in dollars per million tokens. */
export function neurons(price: ModelPrice | undefined, promptTokens: number, completionTokens: number): number {
  const dollars = (promptTokens * (price?.input ?? 0) + completionTokens * (price?.output ?? 0)) / 1_000_000;
  return Number(((dollars / DOLLARS_PER_THOUSAND_NEURONS) * 1000).toFixed(4));
}
