/** One limit, as OpenAI's `x-ratelimit-…` headers tell of it. */
export interface RateLimit {
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds until nothing of it is used. */
  readonly resetMs: number;
}

export interface RateLimits {
  readonly requests: RateLimit | undefined;
  readonly tokens: RateLimit | undefined;
}

/** The headers of OpenAI's that tell how much of a caller's limits is left. What has no limit has no headers. */
export function toRateLimitHeaders({ requests, tokens }: RateLimits): Record<string, string> {
  return { ...toHeaders("requests", requests), ...toHeaders("tokens", tokens) };
}

function toHeaders(name: keyof RateLimits, state: RateLimit | undefined): Record<string, string> {
  if (state === undefined) return {};
  return {
    [`x-ratelimit-limit-${name}`]: String(state.limit),
    [`x-ratelimit-remaining-${name}`]: String(state.remaining),
    [`x-ratelimit-reset-${name}`]: toResetText(state.resetMs),
  };
}

/** A duration as OpenAI writes it, in Go's form: `120ms`, `1.5s`, `6m0s`. */
export function toResetText(milliseconds: number): string {
  const whole = Math.max(0, Math.round(milliseconds));
  if (whole > 0 && whole < 1000) return `${whole}ms`;
  const minutes = Math.floor(whole / 60_000);
  const seconds = `${(whole % 60_000) / 1000}s`;
  if (minutes === 0) return seconds;
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes}m${seconds}` : `${hours}h${minutes % 60}m${seconds}`;
}
