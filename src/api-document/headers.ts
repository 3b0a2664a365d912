import type { JsonRecord } from "../json.ts";

/** The headers of requests and answers, each described once. */

const text = { type: "string" };
const number = { type: "number" };
const whole = { type: "integer" };

function header(description: string, schema: JsonRecord = text) {
  return { description, schema };
}

export const answerHeaders = {
  "x-request-id": header("The request's id; it is in the log."),
  "openai-processing-ms": header("Milliseconds until the answer began.", whole),
  "x-flaregate-model": header("The model that answered."),
  "x-flaregate-attempts": header("Rounds of calls of Workers AI that it took; all choices are one round.", whole),
  "x-flaregate-parameters": header(
    "Parameters that were not plainly honoured: `stop=emulated, seed=adjusted, logit_bias=ignored`.",
  ),
  "x-flaregate-cost": header("US dollars, where the price is known; not on streams.", number),
  "x-flaregate-neurons": header("Cloudflare's billing unit, with the cost.", number),
  "cf-aig-log-id": header("With an AI Gateway: the ids of its log entries."),
  "cf-aig-cache-status": header("With an AI Gateway: `HIT` or `MISS`, for each call."),
  deprecation: header("The model that was asked for is retired: since when, as `@` and Unix seconds."),
  sunset: header("The same, as a date of HTTP's."),
  "x-ratelimit-limit-requests": header("Requests a minute that the managed key may make.", whole),
  "x-ratelimit-remaining-requests": header("How many of them are left.", whole),
  "x-ratelimit-reset-requests": header("Until when all of them are back, such as `1s` or `6m0s`."),
  "x-ratelimit-limit-tokens": header("Tokens a minute that the managed key may use.", whole),
  "x-ratelimit-remaining-tokens": header("How many of them are left.", whole),
  "x-ratelimit-reset-tokens": header("Until when all of them are back."),
  "request-id": header("The request's id, where Anthropic's clients look for it."),
  allow: header("The methods that the URL serves."),
  "retry-after": header("Seconds to wait before the request is sent again.", whole),
  "x-should-retry": header("`false`: a repeat will not change the answer. The official SDKs obey it.", {
    type: "string",
    enum: ["false"],
  }),
} satisfies Readonly<Record<string, ReturnType<typeof header>>>;

export type AnswerHeader = keyof typeof answerHeaders;

export const everyAnswer = ["x-request-id", "openai-processing-ms"] as const satisfies readonly AnswerHeader[];

const rateLimits = [
  "x-ratelimit-limit-requests",
  "x-ratelimit-remaining-requests",
  "x-ratelimit-reset-requests",
  "x-ratelimit-limit-tokens",
  "x-ratelimit-remaining-tokens",
  "x-ratelimit-reset-tokens",
] as const satisfies readonly AnswerHeader[];

/** Of an answer that a model gave. */
export const modelAnswer: readonly AnswerHeader[] = [
  "x-flaregate-model",
  "x-flaregate-attempts",
  "x-flaregate-parameters",
  "x-flaregate-cost",
  "x-flaregate-neurons",
  ...rateLimits,
  "deprecation",
  "sunset",
  "cf-aig-log-id",
  "cf-aig-cache-status",
];

export function errorHeaders(status: number): readonly AnswerHeader[] {
  if (status === 429) return ["retry-after", "x-should-retry", ...rateLimits];
  if (status === 405) return ["allow"];
  return status >= 500 ? ["x-should-retry"] : [];
}

/** Names of `sharedParameters`, of every request for a model. */
export const modelParameters = ["strict", "cacheTtl", "skipCache", "cacheKey", "metadata"] as const;

/** The same, of requests that may ask for a stream. */
export const streamParameters = ["keepAlive", ...modelParameters] as const;

export const sharedParameters = {
  strict: requestHeader("x-flaregate-strict", "`true` refuses what could only be ignored, and retired models.", {
    type: "string",
    enum: ["true", "false"],
  }),
  keepAlive: requestHeader(
    "x-flaregate-keep-alive",
    "`false`: a stream is silent while nothing comes. Otherwise it says every 15 seconds, in a comment, that it lives.",
    { type: "string", enum: ["true", "false"] },
  ),
  cacheTtl: requestHeader("cf-aig-cache-ttl", "With an AI Gateway: seconds for which its cache keeps the answer."),
  skipCache: requestHeader("cf-aig-skip-cache", "With an AI Gateway: `true` leaves its cache out."),
  cacheKey: requestHeader("cf-aig-cache-key", "With an AI Gateway: what makes requests equal, among those of one key."),
  metadata: requestHeader("cf-aig-metadata", "With an AI Gateway: JSON object of up to five values for its log."),
};

function requestHeader(name: string, description: string, schema: JsonRecord = text) {
  return { name, in: "header", required: false, description, schema } as const;
}
