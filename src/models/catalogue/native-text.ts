import type { ModelEntry } from "../model.ts";
import { nativeTextModel, price, reasoningInText, reasoningWithoutKnob } from "./entry.ts";

/** The live text models with the flat Prompt or Messages inputs. */
export const nativeTextModels: readonly ModelEntry[] = [
  nativeTextModel({
    id: "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
    contextWindow: 24_000,
    price: price(0.293, 2.253),
    abilities: { tools: true, jsonSchema: "bare", lora: true },
  }),
  nativeTextModel({
    id: "@cf/meta/llama-3.1-8b-instruct-fp8",
    contextWindow: 32_000,
    price: price(0.152, 0.287),
  }),
  nativeTextModel({
    id: "@cf/meta/llama-3.1-8b-instruct-fast",
    contextWindow: 128_000,
  }),
  nativeTextModel({
    id: "@cf/meta/llama-3.2-1b-instruct",
    contextWindow: 60_000,
    price: price(0.027, 0.201),
  }),
  nativeTextModel({
    id: "@cf/meta/llama-3.2-3b-instruct",
    contextWindow: 80_000,
    price: price(0.051, 0.335),
  }),
  nativeTextModel({
    id: "@cf/meta/llama-3.2-11b-vision-instruct",
    contextWindow: 128_000,
    price: price(0.049, 0.676),
    abilities: { vision: true, lora: true },
  }),
  nativeTextModel({
    id: "@cf/meta/llama-4-scout-17b-16e-instruct",
    contextWindow: 131_000,
    maxOutputTokens: 16_384,
    price: price(0.27, 0.85),
    abilities: { tools: true, vision: true },
  }),
  nativeTextModel({
    id: "@cf/mistralai/mistral-small-3.1-24b-instruct",
    contextWindow: 128_000,
    price: price(0.351, 0.555),
    abilities: { tools: true, needsToolChoice: true, vision: true, lora: true },
  }),
  nativeTextModel({
    id: "@cf/qwen/qwen3-30b-a3b-fp8",
    contextWindow: 32_768,
    price: price(0.051, 0.335),
    abilities: { tools: true, reasoning: reasoningWithoutKnob },
  }),
  nativeTextModel({
    id: "@cf/qwen/qwen2.5-coder-32b-instruct",
    contextWindow: 32_768,
    price: price(0.66, 1),
    // Its calls arrive as text (`<tools>{…}</tools>`), which the tool-call recogniser reads.
    abilities: {
      tools: true,
      lora: true,
      fillIn: { prefix: "<|fim_prefix|>", suffix: "<|fim_suffix|>", middle: "<|fim_middle|>" },
    },
  }),
  nativeTextModel({
    id: "@cf/qwen/qwq-32b",
    contextWindow: 24_000,
    price: price(0.66, 1),
    abilities: { reasoning: reasoningInText, lora: true },
  }),
  nativeTextModel({
    id: "@cf/ibm-granite/granite-4.0-h-micro",
    contextWindow: 131_000,
    price: price(0.017, 0.112),
    abilities: { tools: true },
  }),
  nativeTextModel({
    id: "@cf/deepseek-ai/deepseek-r1-distill-qwen-32b",
    contextWindow: 80_000,
    price: price(0.497, 4.881),
    abilities: { jsonSchema: "bare", reasoning: reasoningInText, lora: true },
  }),
  nativeTextModel({
    id: "@cf/aisingapore/gemma-sea-lion-v4-27b-it",
    contextWindow: 128_000,
    price: price(0.35, 0.56),
  }),
  nativeTextModel({
    id: "@cf/mistral/mistral-7b-instruct-v0.2-lora",
    contextWindow: 15_000,
    abilities: { lora: true },
  }),
  nativeTextModel({
    id: "@cf/google/gemma-2b-it-lora",
    contextWindow: 8192,
    abilities: { lora: true },
  }),
  nativeTextModel({
    id: "@cf/google/gemma-7b-it-lora",
    contextWindow: 3500,
    abilities: { lora: true },
  }),
  nativeTextModel({
    id: "@cf/meta-llama/llama-2-7b-chat-hf-lora",
    contextWindow: 8192,
    abilities: { lora: true },
  }),
];
