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
    abilities: { tools: true, lora: true },
    date,
    successor: "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
  }),
  retiredTextModel({
    id: "@cf/moonshotai/kimi-k2.5",
    contextWindow: 256_000,
    price: price(0.6, 3, 0.1),
    abilities: { tools: true, vision: true, reasoning: reasoningWithoutKnob },
    date,
    successor: "@cf/moonshotai/kimi-k2.6",
  }),
  retiredTextModel({
    id: "@cf/meta/llama-3.1-8b-instruct",
    price: price(0.282, 0.827),
    date,
    successor: "@cf/meta/llama-3.1-8b-instruct-fp8",
  }),
  retiredTextModel({
    id: "@cf/meta/llama-3.1-8b-instruct-awq",
    price: price(0.123, 0.266),
    date,
    successor: "@cf/meta/llama-3.1-8b-instruct-fp8",
  }),
  retiredTextModel({
    id: "@cf/meta/llama-3-8b-instruct",
    price: price(0.282, 0.827),
    date,
    successor: "@cf/meta/llama-3.1-8b-instruct-fp8",
  }),
  retiredTextModel({
    id: "@cf/meta/llama-3-8b-instruct-awq",
    price: price(0.123, 0.266),
    date,
    successor: "@cf/meta/llama-3.1-8b-instruct-fp8",
  }),
  retiredTextModel({
    id: "@hf/meta-llama/meta-llama-3-8b-instruct",
    date,
    successor: "@cf/meta/llama-3.1-8b-instruct-fp8",
  }),
  retiredTextModel({
    id: "@cf/meta/llama-2-7b-chat-int8",
    contextWindow: 8192,
    date,
    successor: "@cf/meta/llama-3.1-8b-instruct-fp8",
  }),
  retiredTextModel({
    id: "@cf/meta/llama-2-7b-chat-fp16",
    contextWindow: 4096,
    price: price(0.556, 6.667),
    date,
    successor: "@cf/meta/llama-3.1-8b-instruct-fp8",
  }),
  retiredTextModel({
    id: "@cf/mistral/mistral-7b-instruct-v0.1",
    price: price(0.11, 0.19),
    date,
    successor: "@cf/mistralai/mistral-small-3.1-24b-instruct",
  }),
  retiredTextModel({
    id: "@hf/mistral/mistral-7b-instruct-v0.2",
    contextWindow: 3072,
    date,
    successor: "@cf/mistralai/mistral-small-3.1-24b-instruct",
  }),
  retiredTextModel({
    id: "@hf/google/gemma-7b-it",
    contextWindow: 8192,
    date,
    successor: "@cf/google/gemma-4-26b-a4b-it",
  }),
  retiredTextModel({
    id: "@cf/google/gemma-3-12b-it",
    contextWindow: 80_000,
    price: price(0.35, 0.56),
    abilities: { vision: true, lora: true },
    date,
    successor: "@cf/google/gemma-4-26b-a4b-it",
  }),
  retiredTextModel({
    id: "@hf/nousresearch/hermes-2-pro-mistral-7b",
    contextWindow: 24_000,
    abilities: { tools: true },
    date,
    successor: "@cf/zai-org/glm-4.7-flash",
  }),
  retiredTextModel({
    id: "@cf/microsoft/phi-2",
    date,
    successor: "@cf/meta/llama-3.2-3b-instruct",
  }),
  retiredTextModel({
    id: "@cf/defog/sqlcoder-7b-2",
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
