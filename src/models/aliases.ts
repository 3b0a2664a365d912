import { catalogue } from "./catalogue.ts";

/**
 * Short names that the projects behind the models use. Only names of the very model stand here: answering as another
 * vendor's `gpt-4o` would be a lie; an operator who wants that says so in `MODEL_ALIASES`. An alias of a retired model
 * points to the retired model, so that the client learns of the retirement.
 */
const shortNames: Readonly<Record<string, string>> = {
  "llama-3.3-70b": "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
  "llama-3.3-70b-instruct": "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
  "llama-3.1-70b": "@cf/meta/llama-3.1-70b-instruct",
  "llama-3.1-8b": "@cf/meta/llama-3.1-8b-instruct-fp8",
  "llama-3.2-1b": "@cf/meta/llama-3.2-1b-instruct",
  "llama-3.2-3b": "@cf/meta/llama-3.2-3b-instruct",
  "llama-3.2-11b-vision": "@cf/meta/llama-3.2-11b-vision-instruct",
  "llama-4-scout": "@cf/meta/llama-4-scout-17b-16e-instruct",
  "llama-guard-3": "@cf/meta/llama-guard-3-8b",
  "mistral-small-3.1": "@cf/mistralai/mistral-small-3.1-24b-instruct",
  "mistral-small-3.1-24b": "@cf/mistralai/mistral-small-3.1-24b-instruct",
  "qwen3-30b": "@cf/qwen/qwen3-30b-a3b-fp8",
  "qwen3-30b-a3b": "@cf/qwen/qwen3-30b-a3b-fp8",
  "qwen3.8": "@cf/qwen/qwen3.8-27b",
  "qwen2.5-coder": "@cf/qwen/qwen2.5-coder-32b-instruct",
  "qwen2.5-coder-32b": "@cf/qwen/qwen2.5-coder-32b-instruct",
  qwq: "@cf/qwen/qwq-32b",
  "granite-4.0-micro": "@cf/ibm-granite/granite-4.0-h-micro",
  "deepseek-r1-distill-32b": "@cf/deepseek-ai/deepseek-r1-distill-qwen-32b",
  "deepseek-v4-flash": "@cf/deepseek-ai/deepseek-v4-flash-0731",
  "deepseek-v4-pro": "@cf/deepseek-ai/deepseek-v4-pro-0813",
  "gemma-4-26b": "@cf/google/gemma-4-26b-a4b-it",
  "gemma-4-26b-a4b": "@cf/google/gemma-4-26b-a4b-it",
  "kimi-k2.7": "@cf/moonshotai/kimi-k2.7-code",
  "nemotron-3-120b": "@cf/nvidia/nemotron-3-120b-a12b",
  "nemotron-3-super": "@cf/nvidia/nemotron-3-120b-a12b",
  "bge-small": "@cf/baai/bge-small-en-v1.5",
  "bge-base": "@cf/baai/bge-base-en-v1.5",
  "bge-large": "@cf/baai/bge-large-en-v1.5",
  embeddinggemma: "@cf/google/embeddinggemma-300m",
  "qwen3-embedding": "@cf/qwen/qwen3-embedding-0.6b",
};

/** Alias to catalogue id: the short names, and every catalogue id without its vendor (`bge-m3`, `gpt-oss-20b`). */
export const builtInAliases: Readonly<Record<string, string>> = {
  ...Object.fromEntries(catalogue.map(({ id }) => [id.slice(id.lastIndexOf("/") + 1), id])),
  ...shortNames,
};
