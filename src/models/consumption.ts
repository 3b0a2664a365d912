import type { Usage } from "../completion/event.ts";
import type { ModelPrice } from "./model.ts";

/**
 * What Workers AI bills by beside tokens: whole images, their 512 by 512 tiles (`inputTile` for those that are sent),
 * diffusion steps, tiles times steps, audio, and text that is spoken.
 */
export const billedUnits = [
  "image",
  "inputTile",
  "outputTile",
  "step",
  "inputTileStep",
  "outputTileStep",
  "audioSecond",
  "character",
] as const;

export type BilledUnit = (typeof billedUnits)[number];

export type UnitCounts = Readonly<Partial<Record<BilledUnit, number>>>;

/** What one call of a model used: tokens as the upstream counted them, and units as the gateway counted them. */
export interface Consumption {
  readonly usage?: Usage | undefined;
  readonly units?: UnitCounts | undefined;
  /** Cloudflare's own figure, where an answer without tokens brings it. */
  readonly neurons?: number | undefined;
  /** The tokens are the gateway's own estimate: the upstream told none. */
  readonly isEstimated?: boolean;
}

export interface Cost {
  /** US dollars. */
  readonly dollars: number;
  readonly neurons: number;
}

/** Workers AI's price of a neuron: 0.011 dollars a thousand. */
export const DOLLARS_PER_NEURON = 0.000_011;

/**
 * What a consumption costs. The upstream's own figure wins; else the price list decides, and where that lacks a price
 * for what was used, or the consumption lacks a count of what is billed, nothing is known.
 */
export function toCost({ usage, units, neurons }: Consumption, price: ModelPrice | undefined): Cost | undefined {
  const told = neurons ?? usage?.neurons;
  if (told !== undefined) return { dollars: told * DOLLARS_PER_NEURON, neurons: told };
  const dollars = price === undefined ? undefined : addKnown(priceTokens(usage, price), priceUnits(units, price));
  return dollars === undefined ? undefined : { dollars, neurons: dollars / DOLLARS_PER_NEURON };
}

/** The costs of both; unknown where one of them is. */
export function addCosts(first: Cost | undefined, second: Cost | undefined): Cost | undefined {
  if (first === undefined || second === undefined) return undefined;
  return { dollars: first.dollars + second.dollars, neurons: first.neurons + second.neurons };
}

/** Without the noise of binary fractions behind what a price list can mean. */
export function roundCost({ dollars, neurons }: Cost): Cost {
  return { dollars: Number(dollars.toFixed(12)), neurons: Number(neurons.toFixed(6)) };
}

function priceTokens(usage: Usage | undefined, price: ModelPrice): number | undefined {
  const isBilledByTokens = price.input !== undefined;
  if (!isBilledByTokens) return 0;
  if (usage === undefined) return undefined;
  const cached = Math.min(usage.cachedTokens ?? 0, usage.promptTokens);
  return addKnown(
    addKnown(priceOf(usage.promptTokens - cached, price.input), priceOf(cached, price.cachedInput ?? price.input)),
    priceOf(usage.completionTokens, price.output),
  );
}

/** Of what was not used the price does not matter. */
function priceOf(tokens: number, dollarsPerMillion: number | undefined): number | undefined {
  if (tokens === 0) return 0;
  return dollarsPerMillion === undefined ? undefined : (tokens * dollarsPerMillion) / 1_000_000;
}

function priceUnits(counts: UnitCounts | undefined, { units = {} }: ModelPrice): number | undefined {
  let dollars = 0;
  for (const unit of billedUnits) {
    const dollarsEach = units[unit];
    if (dollarsEach === undefined) continue;
    const count = counts?.[unit];
    if (count === undefined) return undefined;
    dollars += count * dollarsEach;
  }
  return dollars;
}

function addKnown(first: number | undefined, second: number | undefined): number | undefined {
  return first === undefined || second === undefined ? undefined : first + second;
}
