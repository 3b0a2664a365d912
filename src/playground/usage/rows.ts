import { isRecord } from "../../json.ts";

/** What a key used of a model on a day: a row of `GET /admin/usage`. */
export interface UsageRow {
  readonly day: string;
  readonly keyId: string;
  readonly keyName: string;
  readonly model: string;
  readonly figures: Figures;
}

export interface Figures {
  readonly requests: number;
  readonly errors: number;
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly completionTokens: number;
  /** US dollars. */
  readonly cost: number;
}

export const nothing: Figures = {
  requests: 0,
  errors: 0,
  promptTokens: 0,
  cachedTokens: 0,
  completionTokens: 0,
  cost: 0,
};

/** A page of the list: its rows, and after which key the next page begins, where there is one. */
export interface UsagePage {
  readonly rows: readonly UsageRow[];
  readonly next: string | undefined;
}

export function parseUsagePage(list: unknown): UsagePage {
  if (!isRecord(list) || !Array.isArray(list["data"])) throw new TypeError("The gateway's list of usage has no data.");
  const { has_more: hasMore, last_id: lastId } = list;
  return {
    rows: list["data"].filter(isRecord).map((row) => ({
      day: String(row["day"]),
      keyId: String(row["key_id"]),
      keyName: typeof row["key_name"] === "string" && row["key_name"] !== "" ? row["key_name"] : String(row["key_id"]),
      model: String(row["model"]),
      figures: {
        requests: toNumber(row["requests"]),
        errors: toNumber(row["errors"]),
        promptTokens: toNumber(row["prompt_tokens"]),
        cachedTokens: toNumber(row["cached_tokens"]),
        completionTokens: toNumber(row["completion_tokens"]),
        cost: toNumber(row["cost"]),
      },
    })),
    next: hasMore === true && typeof lastId === "string" ? lastId : undefined,
  };
}

function toNumber(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}

export function add(first: Figures, second: Figures): Figures {
  return {
    requests: first.requests + second.requests,
    errors: first.errors + second.errors,
    promptTokens: first.promptTokens + second.promptTokens,
    cachedTokens: first.cachedTokens + second.cachedTokens,
    completionTokens: first.completionTokens + second.completionTokens,
    cost: first.cost + second.cost,
  };
}
