import { GatewayError } from "../errors.ts";
import type { Refusal } from "./ledger.ts";

const limitWords = {
  rpm: "requests per minute (rpm)",
  tpm: "tokens per minute (tpm)",
  max_parallel_requests: "requests at one time (max_parallel_requests)",
} as const;

/** The 429 for a request that would pass a limit of its key, which says which one and when to come back. */
export function toLimitError({ by, limit, used, waitMs }: Refusal, keyName: string, wanted: number): GatewayError {
  const retryAfterSeconds = waitMs === undefined ? undefined : Math.max(1, Math.ceil(waitMs / 1000));
  const details = { retryAfterSeconds, retryable: retryAfterSeconds !== undefined };
  switch (by) {
    case "rpm":
    case "max_parallel_requests": {
      const facts = `Limit ${limit}, used ${used}, requested 1.`;
      const message = `Rate limit reached for key '${keyName}' on ${limitWords[by]}: ${facts} ${advise(retryAfterSeconds)}`;
      return new GatewayError("request_limit_reached", message, details);
    }
    case "tpm": {
      const isTooLarge = wanted > limit;
      const what = isTooLarge ? "Request too large" : "Rate limit reached";
      const facts = `Limit ${limit}, used ${used}, requested ${wanted}.`;
      const advice = isTooLarge ? "Shorten the request, or lower its max_tokens." : advise(retryAfterSeconds);
      const message = `${what} for key '${keyName}' on ${limitWords.tpm}: ${facts} ${advice}`;
      return new GatewayError("token_limit_reached", message, details);
    }
    case "max_budget": {
      const message = `The budget of key '${keyName}' does not cover this request: ${toDollars(used)} of ${toDollars(limit)} are used.`;
      // A budget that begins anew in days is nothing to wait for with the request in hand.
      return new GatewayError("budget_spent", message, { ...details, retryable: retryAfterSeconds === 1 });
    }
    case "price": {
      const message = `Key '${keyName}' has a budget, and the price of this model is not known: it may not use it.`;
      return new GatewayError("model_not_allowed", message, { param: "model" });
    }
    default:
      return by satisfies never;
  }
}

function advise(seconds: number | undefined): string {
  return `Please try again in ${seconds ?? 1}s.`;
}

function toDollars(amount: number): string {
  return `$${Number(amount.toFixed(6))}`;
}
