import * as z from "zod/mini";
import type { ListedModel, ModelList } from "../../translate/model-list.ts";
import { documents } from "./documents.ts";
import { noted, unixSeconds } from "./members.ts";

const parameterSchema = z.object({
  type: z.enum(["number", "integer", "string"]),
  minimum: z.optional(z.number()),
  maximum: z.optional(z.number()),
  enum: z.optional(z.array(z.string())),
});

function prices<Amount extends z.ZodMiniType>(amount: Amount) {
  return z.object({ prompt: amount, completion: z.optional(amount), input_cache_read: z.optional(amount) });
}

export const model = documents<ListedModel>()(
  noted(
    z.object({
      id: z.string(),
      object: z.literal("model"),
      created: unixSeconds,
      owned_by: z.string(),
      shutdown_date: z.optional(noted(z.nullable(z.string()), "The last day of a model that is, or will be, retired.")),
      canonical_id: z.optional(noted(z.string(), "The id behind an alias.")),
      description: z.string(),
      task: z.enum([
        "text-generation",
        "text-embeddings",
        "reranking",
        "moderation",
        "text-to-image",
        "automatic-speech-recognition",
        "text-to-speech",
      ]),
      context_length: z.optional(noted(z.int(), "Tokens of prompt and answer together.")),
      max_output_tokens: z.optional(z.int()),
      embedding_dimensions: z.optional(noted(z.int(), "The length of an embedding.")),
      endpoint: noted(z.string(), "Where the model is called first of all; other endpoints may take it too."),
      architecture: z.object({ input_modalities: z.array(z.string()), output_modalities: z.array(z.string()) }),
      supported_parameters: z.array(z.string()),
      parameter_schemas: noted(
        z.record(z.string(), parameterSchema),
        "Which values the model takes, for the parameters where that depends on the model.",
      ),
      pricing: z.optional(noted(prices(z.string()), "US dollars a token, as decimal text.")),
      neurons: z.optional(noted(prices(z.number()), "Cloudflare's billing unit, a token.")),
      unit_pricing: z.optional(
        noted(z.record(z.string(), z.string()), "US dollars for one of each unit that is billed beside tokens."),
      ),
    }),
    "OpenAI's members, and what a client needs to know to use the model. What is not known is left out.",
  ),
);

export const modelList = documents<ModelList>()(z.object({ object: z.literal("list"), data: z.array(model) }));
