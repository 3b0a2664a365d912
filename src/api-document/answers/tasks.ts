import type { CreateEmbeddingResponse } from "openai/resources/embeddings";
import * as z from "zod/mini";
import type { toModerations } from "../../translate/moderation.ts";
import type { RankedDocuments } from "../../translate/ranking.ts";
import { documents } from "./documents.ts";
import { count, noted } from "./members.ts";

/** What embeddings, rankings and moderations answer with. */

const usage = z.optional(
  noted(z.object({ prompt_tokens: count, total_tokens: count }), "Absent where Workers AI reports none."),
);

const model = noted(z.string(), "The id of the model that answered.");

export const embeddingList = documents<CreateEmbeddingResponse>()(
  z.object({
    object: z.literal("list"),
    data: z.array(
      z.object({
        object: z.literal("embedding"),
        index: count,
        embedding: z.union([
          z.array(z.number()),
          noted(z.string(), "With `base64`: 32-bit floats, the least byte first."),
        ]),
      }),
    ),
    model,
    usage,
  }),
);

export const ranking = documents<RankedDocuments>()(
  z.object({
    object: z.literal("list"),
    id: z.string(),
    model,
    results: noted(
      z.array(
        z.object({
          index: noted(count, "The place of the document in the request."),
          relevance_score: z.number().check(z.minimum(0), z.maximum(1)),
          document: z.optional(z.object({ text: z.string() })),
        }),
      ),
      "The best first.",
    ),
    usage,
  }),
);

const inputTypes = z.array(z.string());

function categories<Value extends z.ZodMiniType>(value: Value) {
  return z.object({
    harassment: value,
    "harassment/threatening": value,
    hate: value,
    "hate/threatening": value,
    illicit: value,
    "illicit/violent": value,
    "self-harm": value,
    "self-harm/instructions": value,
    "self-harm/intent": value,
    sexual: value,
    "sexual/minors": value,
    violence: value,
    "violence/graphic": value,
  });
}

export const moderations = documents<ReturnType<typeof toModerations>>()(
  z.object({
    id: z.string(),
    model,
    results: z.array(
      z.object({
        flagged: z.boolean(),
        categories: categories(z.nullable(z.boolean())),
        category_scores: noted(
          categories(z.number()),
          "The verdict once more, 1 or 0: the model gives no probabilities.",
        ),
        category_applied_input_types: noted(categories(inputTypes), "Empty for categories that the model cannot tell."),
        hazards: noted(z.array(z.string()), "Llama Guard's own names of what it found, such as `S1`."),
      }),
    ),
  }),
);
