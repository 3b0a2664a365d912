import type { Usage } from "../completion/event.ts";
import { isRecord } from "../json.ts";

/** Reads a `usage` object; `undefined` where it lacks the two counts that everything else follows from. */
export function readUsage(value: unknown): Usage | undefined {
  if (!isRecord(value)) return undefined;
  const total = readCount(value["total_tokens"]);
  const prompt = readCount(value["prompt_tokens"]) ?? difference(total, readCount(value["completion_tokens"]));
  const completion = readCount(value["completion_tokens"]) ?? difference(total, prompt);
  if (prompt === undefined || completion === undefined) return undefined;
  return {
    promptTokens: prompt,
    completionTokens: completion,
    totalTokens: prompt + completion,
    cachedTokens: readDetail(value["prompt_tokens_details"], "cached_tokens"),
    reasoningTokens: readDetail(value["completion_tokens_details"], "reasoning_tokens"),
    neurons: readNumber(value["neurons"]),
  };
}

function readDetail(details: unknown, name: string): number | undefined {
  return isRecord(details) ? readCount(details[name]) : undefined;
}

/** Counts come as numbers, and from some engines as their text. */
function readCount(value: unknown): number | undefined {
  const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

function readNumber(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
}

function difference(total: number | undefined, part: number | undefined): number | undefined {
  return total === undefined || part === undefined || part > total ? undefined : total - part;
}
