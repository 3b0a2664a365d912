import type { ModelEntry } from "../model.ts";
import { embeddingModel, moderationModel, price, rerankingModel } from "./entry.ts";

export const embeddingModels: readonly ModelEntry[] = [
  embeddingModel({
    id: "@cf/baai/bge-m3",
    contextWindow: 60_000,
    dimensions: 1024,
    price: price(0.0118),
  }),
  embeddingModel({
    id: "@cf/baai/bge-small-en-v1.5",
    contextWindow: 512,
    dimensions: 384,
    price: price(0.02),
  }),
  embeddingModel({
    id: "@cf/baai/bge-base-en-v1.5",
    contextWindow: 512,
    dimensions: 768,
    price: price(0.067),
  }),
  embeddingModel({
    id: "@cf/baai/bge-large-en-v1.5",
    contextWindow: 512,
    dimensions: 1024,
    price: price(0.204),
  }),
  embeddingModel({
    id: "@cf/google/embeddinggemma-300m",
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
    contextWindow: 8192,
    dimensions: 1024,
    // Matryoshka representation learning: any length from 32 on.
    shorter: [[32, 1024]],
    textsPerCall: 32,
    price: price(0.012),
  }),
  embeddingModel({
    id: "@cf/pfnet/plamo-embedding-1b",
    dimensions: 2048,
    price: price(0.0186),
  }),
];

export const rerankingModels: readonly ModelEntry[] = [
  rerankingModel({
    id: "@cf/baai/bge-reranker-base",
    contextWindow: 512,
    price: price(0.0031),
  }),
];

export const moderationModels: readonly ModelEntry[] = [
  // Workers AI files it under text generation; it takes user and assistant turns only and answers with a verdict.
  moderationModel({
    id: "@cf/meta/llama-guard-3-8b",
    contextWindow: 131_072,
    price: price(0.48, 0.03),
    abilities: { lora: true },
  }),
];
