import type { TokenPrices } from "../api/model-list.ts";
import type { Answer } from "./answer.ts";

/** US dollars: the gateway's own figure, else tokens times list price; `undefined` where either is unknown. */
export function toCost(
  { usage, from }: Pick<Answer, "usage" | "from">,
  prices: TokenPrices | undefined,
): number | undefined {
  const told = usage?.cost ?? from.cost;
  if (told !== undefined || usage === undefined) return told;
  if (prices === undefined || (prices.completion === undefined && usage.completion > 0)) return undefined;
  const { prompt, completion, cached } = usage;
  const cachedPrice = prices.cached ?? prices.prompt;
  return (prompt - cached) * prices.prompt + cached * cachedPrice + completion * (prices.completion ?? 0);
}

/** Tokens of the answer a second, from its first token to its end. */
export function toSpeed({ usage, firstTokenAfter, endedAfter }: Answer): number | undefined {
  if (usage === undefined || firstTokenAfter === undefined || endedAfter === undefined) return undefined;
  const seconds = (endedAfter - firstTokenAfter) / 1000;
  // An answer that came in one piece has no speed.
  return seconds > 0.05 && usage.completion > 1 ? (usage.completion - 1) / seconds : undefined;
}

/** Three digits that mean something: `$0.0000123`, `$1.23`. */
export function formatDollars(amount: number): string {
  if (amount === 0) return "$0";
  const digits = Math.max(2, 2 - Math.floor(Math.log10(Math.abs(amount))));
  const [whole = "0", fraction = ""] = amount.toFixed(Math.min(digits, 12)).split(".");
  return `$${whole}.${fraction.replace(/0+$/, "").padEnd(2, "0")}`;
}

export function formatMilliseconds(milliseconds: number): string {
  return milliseconds < 1000
    ? `${Math.round(milliseconds)} ms`
    : `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 2 : 1)} s`;
}

export function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}

/** `24k`, `1M`: windows are told by the round. */
export function formatTokens(count: number): string {
  if (count >= 1_000_000) return `${trim(count / 1_000_000)}M`;
  return count >= 1000 ? `${trim(count / 1000)}k` : String(count);
}

function trim(value: number): string {
  return value.toFixed(value < 10 ? 1 : 0).replace(/\.0$/, "");
}
