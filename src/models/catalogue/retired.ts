import type { ModelEntry } from "../model.ts";
import { price, reasoningWithoutKnob, retiredTextModel } from "./entry.ts";

/**
 * The models of Workers AI's notice of 2026-05-08. It names a replacement for Kimi K2.5 only and recommends GLM 4.7 Flash,
 * Gemma 4 and Kimi K2.6 for the rest; where the same vendor still has a model of the kind, that one stays nearer to what
 * the client was written for.
 */
const date = "2026-05-30";

export const retiredTextModels: readonly ModelEntry[] = [
  retiredTextModel({
    id: "@cf/meta/llama-3.1-70b-instruct",
    published: "2024-07-23",
    description: "Meta's Llama 3.1 with 70 billion parameters.",
    abilities: { tools: true, lora: true },
    date,
    successor: "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
  }),
  retiredTextModel({
    id: "@cf/moonshotai/kimi-k2.5",
    published: "2026-02-02",
    description: "Moonshot's Kimi K2.5, for agents with tools and images.",
    contextWindow: 256_000,
    price: price(0.6, 3, 0.1),
    abilities: { tools: true, vision: true, reasoning: reasoningWithoutKnob },
    date,
    successor: "@cf/moonshotai/kimi-k2.6",
  }),
  retiredTextModel({
    id: "@cf/meta/llama-3.1-8b-instruct",
    published: "2024-07-23",
    description: "Meta's Llama 3.1 with 8 billion parameters.",
    price: price(0.282, 0.827),
    date,
    successor: "@cf/meta/llama-3.1-8b-instruct-fp8",
  }),
  retiredTextModel({
    id: "@cf/meta/llama-3.1-8b-instruct-awq",
    published: "2024-07-23",
    description: "Meta's Llama 3.1 with 8 billion parameters, quantised to 4 bits.",
    price: price(0.123, 0.266),
    date,
    successor: "@cf/meta/llama-3.1-8b-instruct-fp8",
  }),
  retiredTextModel({
    id: "@cf/meta/llama-3-8b-instruct",
    published: "2024-04-18",
    description: "Meta's Llama 3 with 8 billion parameters.",
    price: price(0.282, 0.827),
    date,
    successor: "@cf/meta/llama-3.1-8b-instruct-fp8",
  }),
  retiredTextModel({
    id: "@cf/meta/llama-3-8b-instruct-awq",
    published: "2024-04-18",
    description: "Meta's Llama 3 with 8 billion parameters, quantised to 4 bits.",
    price: price(0.123, 0.266),
    date,
    successor: "@cf/meta/llama-3.1-8b-instruct-fp8",
  }),
  retiredTextModel({
    id: "@hf/meta-llama/meta-llama-3-8b-instruct",
    published: "2024-04-18",
    description: "Meta's Llama 3 with 8 billion parameters, from Hugging Face.",
    date,
    successor: "@cf/meta/llama-3.1-8b-instruct-fp8",
  }),
  retiredTextModel({
    id: "@cf/meta/llama-2-7b-chat-int8",
    published: "2023-09-25",
    description: "Meta's Llama 2 with 7 billion parameters, quantised to 8 bits.",
    contextWindow: 8192,
    date,
    successor: "@cf/meta/llama-3.1-8b-instruct-fp8",
  }),
  retiredTextModel({
    id: "@cf/meta/llama-2-7b-chat-fp16",
    published: "2023-11-07",
    description: "Meta's Llama 2 with 7 billion parameters at full precision.",
    contextWindow: 4096,
    price: price(0.556, 6.667),
    date,
    successor: "@cf/meta/llama-3.1-8b-instruct-fp8",
  }),
  retiredTextModel({
    id: "@cf/mistral/mistral-7b-instruct-v0.1",
    published: "2023-11-07",
    description: "Mistral's first model with 7 billion parameters.",
    price: price(0.11, 0.19),
    date,
    successor: "@cf/mistralai/mistral-small-3.1-24b-instruct",
  }),
  retiredTextModel({
    id: "@hf/mistral/mistral-7b-instruct-v0.2",
    published: "2024-04-02",
    description: "Mistral's 7 billion parameter model, second version.",
    contextWindow: 3072,
    date,
    successor: "@cf/mistralai/mistral-small-3.1-24b-instruct",
  }),
  retiredTextModel({
    id: "@hf/google/gemma-7b-it",
    published: "2024-04-02",
    description: "Google's first Gemma with 7 billion parameters.",
    contextWindow: 8192,
    date,
    successor: "@cf/google/gemma-4-26b-a4b-it",
  }),
  retiredTextModel({
    id: "@cf/google/gemma-3-12b-it",
    published: "2025-03-18",
    description: "Google's Gemma 3 with 12 billion parameters, for text and images.",
    contextWindow: 80_000,
    price: price(0.35, 0.56),
    abilities: { vision: true, lora: true },
    date,
    successor: "@cf/google/gemma-4-26b-a4b-it",
  }),
  retiredTextModel({
    id: "@hf/nousresearch/hermes-2-pro-mistral-7b",
    published: "2024-04-02",
    description: "Nous Research's Hermes 2 Pro on Mistral 7B, tuned for function calls and JSON.",
    contextWindow: 24_000,
    abilities: { tools: true },
    date,
    successor: "@cf/zai-org/glm-4.7-flash",
  }),
  retiredTextModel({
    id: "@cf/microsoft/phi-2",
    published: "2024-02-27",
    description: "Microsoft's Phi-2 with 2.7 billion parameters.",
    date,
    successor: "@cf/meta/llama-3.2-3b-instruct",
  }),
  retiredTextModel({
    id: "@cf/defog/sqlcoder-7b-2",
    published: "2024-02-27",
    description: "Defog's SQLCoder, which turns questions into SQL.",
    contextWindow: 10_000,
    date,
    successor: "@cf/qwen/qwen2.5-coder-32b-instruct",
  }),
];

/**
 * Retired models of tasks that nothing live in the catalogue serves (a summary, a caption): id to the day since which
 * Workers AI refuses them. They have no successor, so a request for one ends here and not as an upstream error.
 */
export const retiredWithoutSuccessor: Readonly<Record<string, string>> = {
  "@cf/facebook/bart-large-cnn": date,
  "@cf/unum/uform-gen2-qwen-500m": date,
};
