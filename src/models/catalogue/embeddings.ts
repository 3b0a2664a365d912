import type { ModelEntry } from "../model.ts";
import { embeddingModel, moderationModel, price, rerankingModel } from "./entry.ts";

export const embeddingModels: readonly ModelEntry[] = [
  embeddingModel({
    id: "@cf/baai/bge-m3",
    published: "2024-05-22",
    description: "BAAI's multilingual embeddings with 1024 dimensions, for texts of any length.",
    contextWindow: 60_000,
    dimensions: 1024,
    price: price(0.0118),
  }),
  embeddingModel({
    id: "@cf/baai/bge-small-en-v1.5",
    published: "2023-11-07",
    description: "BAAI's small English embeddings with 384 dimensions.",
    contextWindow: 512,
    dimensions: 384,
    price: price(0.02),
  }),
  embeddingModel({
    id: "@cf/baai/bge-base-en-v1.5",
    published: "2023-09-25",
    description: "BAAI's English embeddings with 768 dimensions.",
    contextWindow: 512,
    dimensions: 768,
    price: price(0.067),
  }),
  embeddingModel({
    id: "@cf/baai/bge-large-en-v1.5",
    published: "2023-11-07",
    description: "BAAI's large English embeddings with 1024 dimensions.",
    contextWindow: 512,
    dimensions: 1024,
    price: price(0.204),
  }),
  embeddingModel({
    id: "@cf/google/embeddinggemma-300m",
    published: "2025-09-03",
    description: "Google's small embeddings for search and similarity in more than 100 languages.",
    dimensions: 768,
    // Matryoshka representation learning: Google names these three lengths.
    shorter: [
      [128, 128],
      [256, 256],
      [512, 512],
    ],
  }),
  embeddingModel({
    id: "@cf/qwen/qwen3-embedding-0.6b",
    published: "2025-06-18",
    description: "Alibaba's Qwen3 embeddings for queries and documents.",
    contextWindow: 8192,
    dimensions: 1024,
    // Matryoshka representation learning: any length from 32 on.
    shorter: [[32, 1024]],
    textsPerCall: 32,
    price: price(0.012),
  }),
  embeddingModel({
    id: "@cf/pfnet/plamo-embedding-1b",
    published: "2025-09-24",
    description: "Preferred Networks' embeddings of Japanese text.",
    dimensions: 2048,
    price: price(0.0186),
  }),
];

export const rerankingModels: readonly ModelEntry[] = [
  rerankingModel({
    id: "@cf/baai/bge-reranker-base",
    published: "2025-02-14",
    description: "BAAI's reranker, which scores how well a document answers a query.",
    contextWindow: 512,
    price: price(0.0031),
  }),
];

export const moderationModels: readonly ModelEntry[] = [
  // Workers AI files it under text generation; it takes user and assistant turns only and answers with a verdict.
  moderationModel({
    id: "@cf/meta/llama-guard-3-8b",
    published: "2025-01-22",
    description: "Meta's Llama Guard 3, which says whether a conversation is safe and which hazards it touches.",
    contextWindow: 131_072,
    price: price(0.48, 0.03),
    abilities: { lora: true },
  }),
];
