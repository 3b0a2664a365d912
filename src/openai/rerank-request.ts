import type * as z from "zod/mini";
import { object } from "../config/reader.ts";
import { boolean, either, integer, list, optional, reference, text, unread } from "./schema.ts";

/** What both Jina and Cohere recommend as the most documents of a request. */
const MOST_DOCUMENTS = 1000;

/** A document that brings more than its text; only the text is read, as both vendors do by default. */
const document = either(text, object({ text }));

/** The body of `POST /v1/rerank`, in the form that Jina and Cohere share. OpenAI has no such endpoint. */
export const rerankRequest = object({
  model: reference,
  query: reference,
  documents: list(document, { least: 1, most: MOST_DOCUMENTS }),
  top_n: optional(integer({ least: 1 })),
  return_documents: optional(boolean),
  /** The gateway's own: models that are tried in this order, after `model`. */
  models: optional(list(reference, { most: 8 })),
  // Cohere's and Jina's own, about documents that are cut or have several fields.
  max_chunks_per_doc: unread,
  max_tokens_per_doc: unread,
  rank_fields: unread,
  truncation: unread,
});

export type RerankRequest = z.infer<typeof rerankRequest>;
