import type { GatewayContext } from "../env.ts";
import { GatewayError } from "../errors.ts";
import { toNetwork } from "./network.ts";

/** The period of the limit in wrangler.toml: the binding does not tell when there is room again. */
const RETRY_AFTER_SECONDS = 60;

/** Counts a request without a valid key for the address that it comes from. Throws a 429 where there were too many. */
export async function limitAddress(c: GatewayContext): Promise<void> {
  const { ADDRESS_LIMIT: limiter } = c.env;
  if (limiter === undefined) return;
  // Cloudflare sets this header on every request that comes from outside.
  const { success } = await limiter.limit({ key: toNetwork(c.req.header("cf-connecting-ip") ?? "") });
  if (success) return;
  const message = "Too many requests without a valid API key came from your address. Please try again in a minute.";
  const details = { retryable: true, retryAfterSeconds: RETRY_AFTER_SECONDS };
  throw new GatewayError("request_limit_reached", message, details);
}
