import { embeddingModels, moderationModels, rerankingModels } from "./catalogue/embeddings.ts";
import { imageModels, recognitionModels, speechModels } from "./catalogue/media.ts";
import { nativeTextModels } from "./catalogue/native-text.ts";
import { openaiTextModels } from "./catalogue/openai-text.ts";
import { retiredTextModels } from "./catalogue/retired.ts";
import type { ModelEntry } from "./model.ts";

/**
 * What is known of Workers AI's models: its documentation (`created_at`, windows, prices of November 2026), the binding's
 * published types (inputs, reasoning levels) and, for output limits and structured outputs, the models.dev provider files.
 * The order is the order of `GET /v1/models`; the retired models come last.
 */
export const catalogue: readonly ModelEntry[] = [
  ...nativeTextModels,
  ...openaiTextModels,
  ...embeddingModels,
  ...rerankingModels,
  ...moderationModels,
  ...imageModels,
  ...recognitionModels,
  ...speechModels,
  ...retiredTextModels,
];
