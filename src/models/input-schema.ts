import type { JsonRecord } from "../json.ts";
import type { ModelEntry } from "./model.ts";
import { EMBEDDINGS_SCHEMA, M3_EMBEDDINGS_SCHEMA, QWEN_EMBEDDINGS_SCHEMA } from "./schemas/embeddings.ts";
import { GUARD_SCHEMA } from "./schemas/guard.ts";
import { LLAMA_SCHEMA } from "./schemas/llama-text.ts";
import { RERANKER_SCHEMA } from "./schemas/reranker.ts";

/**
 * The published schemas of inputs that this project has, by model. They are loaded with the first request that needs
 * one; requests that are translated need none.
 */
const schemas: Readonly<Record<string, JsonRecord>> = {
  "@cf/meta/llama-3.3-70b-instruct-fp8-fast": LLAMA_SCHEMA,
  "@cf/meta/llama-guard-3-8b": GUARD_SCHEMA,
  "@cf/baai/bge-reranker-base": RERANKER_SCHEMA,
  "@cf/baai/bge-m3": M3_EMBEDDINGS_SCHEMA,
  "@cf/baai/bge-small-en-v1.5": EMBEDDINGS_SCHEMA,
  "@cf/baai/bge-base-en-v1.5": EMBEDDINGS_SCHEMA,
  "@cf/baai/bge-large-en-v1.5": EMBEDDINGS_SCHEMA,
  "@cf/qwen/qwen3-embedding-0.6b": QWEN_EMBEDDINGS_SCHEMA,
};

/** What Workers AI publishes of the inputs of a model; `undefined` where the project does not have it. */
export function findInputSchema({ id }: ModelEntry): JsonRecord | undefined {
  return schemas[id];
}
