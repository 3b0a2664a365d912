import type { Estimate } from "../keys/ledger.ts";
import { addCosts, toCost } from "../models/consumption.ts";
import type { Consumption, Cost } from "../models/consumption.ts";
import type { ModelCall } from "../translate/inputs.ts";
import type { Candidate } from "./candidates.ts";

/**
 * What an answer without a limit of its own is expected to be long, in tokens. The limit that the gateway sets in its
 * place is what the window leaves, which hardly any answer uses.
 */
const EXPECTED_ANSWER_TOKENS = 1024;

/** What an order is expected to use: on the one of its models where that is most, since any of them may answer. */
export function estimateOrder<Call>(
  candidates: readonly Candidate<Call>[],
  expect: (call: Call) => Consumption | undefined,
): Estimate {
  let tokens = 0;
  let dollars: number | undefined = 0;
  for (const { entry, calls } of candidates) {
    let cost: Cost | undefined = { dollars: 0, neurons: 0 };
    let own = 0;
    for (const call of calls) {
      const expected = expect(call);
      own += expected?.usage?.totalTokens ?? 0;
      // What cannot be foreseen is not reserved; what has no price is not known to cost nothing.
      const free = entry.price === undefined ? undefined : { dollars: 0, neurons: 0 };
      cost = addCosts(cost, expected === undefined ? free : toCost(expected, entry.price));
    }
    tokens = Math.max(tokens, own);
    dollars = dollars === undefined || cost === undefined ? undefined : Math.max(dollars, cost.dollars);
  }
  return { tokens, dollars };
}

/** A completion is expected to use its prompt, and as many tokens as the client allows or an answer mostly has. */
export function expectCompletion({ promptTokens, maxTokens, withLowerLimit }: ModelCall): Consumption {
  // Only a limit that the gateway has chosen may be lowered.
  const isClients = withLowerLimit === undefined;
  const completionTokens = isClients ? maxTokens : Math.min(maxTokens, EXPECTED_ANSWER_TOKENS);
  const details = { cachedTokens: undefined, reasoningTokens: undefined, neurons: undefined };
  return { usage: { promptTokens, completionTokens, totalTokens: promptTokens + completionTokens, ...details } };
}
