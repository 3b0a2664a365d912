import * as z from "zod";
import { optional, samplingMembers } from "./schema.ts";

const tokens = z.array(z.int());

/** What `prompt` may be: one text, several, one text as token ids, or several. */
const prompt = z.union([z.string(), z.array(z.string()), tokens, z.array(tokens)]);

/** The body of `POST /v1/completions`. */
export const completionRequest = z.object({
  ...samplingMembers,
  model: z.string().min(1),
  prompt: optional(prompt),
  suffix: optional(z.string()),
  max_tokens: optional(z.int().min(0)),
  logprobs: optional(z.int().min(0).max(5)),
  echo: optional(z.boolean()),
  best_of: optional(z.int().min(0).max(20)),
});

export type CompletionRequest = z.infer<typeof completionRequest>;
