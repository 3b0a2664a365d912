import * as z from "zod/mini";
import type { KeyInfo } from "../../keys/key-settings.ts";
import type { DailyUsage } from "../../keys/usage-table.ts";
import { documents } from "./documents.ts";
import { count, noted } from "./members.ts";

/** What the admin API answers with. */

const limit = z.nullable(z.int());
const time = noted(z.string(), "Such as `2027-01-31T00:00:00.000Z`.");

const members = {
  object: z.literal("key"),
  id: z.string(),
  name: z.string(),
  models: noted(z.array(z.string()), "Ids, aliases, or patterns with `*`. All models where it is empty."),
  rpm: limit,
  tpm: limit,
  max_parallel_requests: limit,
  max_budget: z.nullable(z.number()),
  budget_duration: z.nullable(z.string()),
  expires: z.nullable(time),
  metadata: z.record(z.string(), z.string()),
  blocked: z.boolean(),
  spend: noted(z.number(), "US dollars, since the budget last began."),
  budget_reset_at: z.nullable(time),
  created_at: time,
  updated_at: time,
  last_used_at: z.nullable(time),
};

export const key = documents<{ object: "key" } & KeyInfo>()(z.object(members));

export const secretKey = z.object({ ...members, key: noted(z.string(), "The secret. It is shown this once.") });

export const keyList = z.object({
  object: z.literal("list"),
  data: z.array(key),
  last_id: z.nullable(z.string()),
  has_more: z.boolean(),
});

export const deletedKey = z.object({ object: z.literal("key"), id: z.string(), deleted: z.literal(true) });

const usageMembers = {
  day: noted(z.string(), "In UTC, such as `2026-11-26`."),
  model: z.string(),
  requests: count,
  errors: noted(count, "Of these requests, those that failed."),
  prompt_tokens: count,
  cached_tokens: noted(count, "Of the prompt tokens, those that were cached."),
  completion_tokens: count,
  cost: noted(z.number(), "US dollars."),
  neurons: z.number(),
};

const keyUsageRow = documents<DailyUsage>()(z.object(usageMembers));

const period = { start: z.string(), end: z.string() };

export const keyUsage = z.object({ object: z.literal("list"), ...period, data: z.array(keyUsageRow) });

export const usageList = z.object({
  object: z.literal("list"),
  data: z.array(z.object({ key_id: z.string(), key_name: z.string(), ...usageMembers })),
  last_id: z.nullable(z.string()),
  has_more: z.boolean(),
  ...period,
});
