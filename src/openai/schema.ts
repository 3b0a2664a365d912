import * as z from "zod";
import { isRecord } from "../json.ts";
import type { JsonRecord } from "../json.ts";

/** Building blocks of the request schemas. */

/** A member that may be absent or null: several SDKs write null for what the caller left out. */
export function optional<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish().transform((value) => value ?? undefined);
}

/**
 * A JSON object that is passed on as it is, such as a JSON schema. The value itself is kept: a copy made key by key
 * would give an own `__proto__` key its meaning.
 */
export const jsonObject = z.custom<JsonRecord>(isRecord, { error: "expected an object" });

/** A member whose presence matters and whose value does not: it is named as ignored, never read. */
export const unread = optional(z.unknown());

/** The names of functions, tools and schemas. */
export const name = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/, {
  error: "expected 1 to 64 letters, digits, underscores or dashes",
});

export const stopSequences = optional(z.union([z.string().transform((text) => [text]), z.array(z.string()).max(4)]));

export const streamOptions = optional(
  z.object({ include_usage: optional(z.boolean()), include_obfuscation: optional(z.boolean()) }),
);

/** Sampling members that chat and text completions share. Ranges are OpenAI's; the model's own come later. */
export const samplingMembers = {
  frequency_penalty: optional(z.number().min(-2).max(2)),
  presence_penalty: optional(z.number().min(-2).max(2)),
  temperature: optional(z.number().min(0).max(2)),
  top_p: optional(z.number().min(0).max(1)),
  seed: optional(z.number().refine(Number.isInteger, { error: "expected an integer" })),
  n: optional(z.int().min(1).max(128)),
  stop: stopSequences,
  stream: optional(z.boolean()),
  stream_options: streamOptions,
  logit_bias: unread,
  user: optional(z.string()),
  // Workers AI's own parameters, for callers who know the model behind the gateway.
  top_k: optional(z.int().min(1)),
  repetition_penalty: optional(z.number().min(0).max(2)),
  raw: optional(z.boolean()),
  lora: optional(z.string().min(1)),
  /** The gateway's own: models that are tried in this order, after `model`. */
  models: optional(z.array(z.string().min(1)).max(8)),
};
