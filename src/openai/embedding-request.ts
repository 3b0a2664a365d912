import type * as z from "zod/mini";
import { object } from "../config/reader.ts";
import { either, integer, list, oneOf, optional, reference, text, unread } from "./schema.ts";

/** OpenAI's bound on the texts of a request. */
const MOST_INPUTS = 2048;

const token = integer({ least: 0 });

/** A text, as it is or as token ids; a token id, where the list itself is one text. */
const element = either(text, token, list(token, { least: 1 }));

/** The body of `POST /v1/embeddings`. */
export const embeddingRequest = object({
  model: reference,
  /** One text, several, one text as token ids, or several. */
  input: either(text, list(element, { least: 1, most: MOST_INPUTS })),
  encoding_format: optional(oneOf("float", "base64")),
  dimensions: optional(integer({ least: 1 })),
  user: optional(text),
  /** The gateway's own for text models. Vectors of two models are not comparable, so there is no second one here. */
  models: unread,
});

export type EmbeddingRequest = z.infer<typeof embeddingRequest>;
