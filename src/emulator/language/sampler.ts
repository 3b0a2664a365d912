import type { Random } from "./random.ts";

/** The knobs of sampling, with the meaning that the models' pages give them. */
export interface SamplingParameters {
  /** 0 takes the likeliest token always. */
  readonly temperature: number;
  readonly topP: number | undefined;
  readonly topK: number | undefined;
  /** 1 changes nothing, above 1 discourages every token that was seen. */
  readonly repetitionPenalty: number | undefined;
  /** Taken off once for each time that a token was generated. */
  readonly frequencyPenalty: number | undefined;
  /** Taken off once if a token was generated at all. */
  readonly presencePenalty: number | undefined;
}

// Puts the scores where a real model's logits are, most of them above zero: a repetition penalty works on their size.
const LIFT = 8;

/** Picks the next token. `seen` counts how often each token was generated so far. */
export function sample(
  probabilities: ReadonlyMap<string, number>,
  seen: ReadonlyMap<string, number>,
  parameters: SamplingParameters,
  random: Random,
): string | undefined {
  const ranked = [...probabilities]
    .map(([token, probability]) => ({
      token,
      score: penalise(Math.log(probability) + LIFT, seen.get(token) ?? 0, parameters),
    }))
    .toSorted((left, right) => right.score - left.score);
  const best = ranked[0];
  if (best === undefined || parameters.temperature <= 0) return best?.token;

  const kept = ranked.slice(0, parameters.topK ?? ranked.length);
  const weights = kept.map(({ score }) => Math.exp((score - best.score) / parameters.temperature));
  const nucleus = nucleusSize(weights, parameters.topP ?? 1);
  let rest = random() * sum(weights, nucleus);
  for (let index = 0; index < nucleus; index++) {
    rest -= weights[index] ?? 0;
    if (rest < 0) return kept[index]?.token;
  }
  return best.token;
}

function penalise(logit: number, times: number, parameters: SamplingParameters): number {
  if (times === 0) return logit;
  const penalty = Math.max(parameters.repetitionPenalty ?? 1, 0.01);
  const repeated = logit > 0 ? logit / penalty : logit * penalty;
  return repeated - times * (parameters.frequencyPenalty ?? 0) - (parameters.presencePenalty ?? 0);
}

/** The fewest leading weights that together hold the share `topP` of all; at least one. */
function nucleusSize(weights: readonly number[], topP: number): number {
  if (topP >= 1) return weights.length;
  const wanted = sum(weights, weights.length) * topP;
  let held = 0;
  for (const [index, weight] of weights.entries()) {
    held += weight;
    if (held >= wanted) return index + 1;
  }
  return weights.length;
}

function sum(weights: readonly number[], length: number): number {
  let total = 0;
  for (let index = 0; index < length; index++) total += weights[index] ?? 0;
  return total;
}
