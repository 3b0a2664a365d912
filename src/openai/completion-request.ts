import type * as z from "zod/mini";
import { object } from "../config/reader.ts";
import { samplingMembers } from "./sampling-members.ts";
import { boolean, either, integer, list, optional, reference, text } from "./schema.ts";

const tokens = list(integer({ least: 0 }), { least: 1 });

/** What `prompt` may be: one text, several, one text as token ids, or several. */
const prompt = either(text, list(text, { least: 1 }), tokens, list(tokens, { least: 1 }));

/** The body of `POST /v1/completions`. */
export const completionRequest = object({
  model: reference,
  prompt: optional(prompt),
  ...samplingMembers,
  suffix: optional(text),
  max_tokens: optional(integer({ least: 0 })),
  logprobs: optional(integer({ least: 0, most: 5 })),
  echo: optional(boolean),
  best_of: optional(integer({ least: 0, most: 20 })),
});

export type CompletionRequest = z.infer<typeof completionRequest>;
