import * as z from "zod/mini";
import { integer, list, optional, reference, unread } from "./schema.ts";

/** OpenAI's bound on the texts of a request. */
const MOST_INPUTS = 2048;

const tokens = list(integer({ least: 0 }), { least: 1 });
const bounds = { least: 1, most: MOST_INPUTS };

/** The body of `POST /v1/embeddings`. */
export const embeddingRequest = z.object({
  model: reference,
  /** One text, several, one text as token ids, or several. */
  input: z.union([z.string(), list(z.string(), bounds), tokens, list(tokens, bounds)]),
  encoding_format: optional(z.enum(["float", "base64"])),
  dimensions: optional(integer({ least: 1 })),
  user: optional(z.string()),
  /** The gateway's own for text models. Vectors of two models are not comparable, so there is no second one here. */
  models: unread,
});

export type EmbeddingRequest = z.infer<typeof embeddingRequest>;
