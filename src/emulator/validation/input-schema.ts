import { Cabidela } from "@cloudflare/cabidela";
import { catalogue } from "../../models/catalogue.ts";
import type { JsonObject } from "../json-value.ts";
import type { EmulatedModel } from "../model-table.ts";
import llama31Schema from "../schemas/llama-3.1-70b-instruct.input.json" with { type: "json" };
import { mediaSchema } from "./media-schema.ts";
import llama33Schema from "../schemas/llama-3.3-70b-instruct-fp8-fast.input.json" with { type: "json" };
import { EMBEDDINGS_SCHEMA, M3_EMBEDDINGS_SCHEMA, QWEN_EMBEDDINGS_SCHEMA } from "../../models/schemas/embeddings.ts";
import { GUARD_SCHEMA } from "../../models/schemas/guard.ts";
import { OPENAI_CHAT_SCHEMA, RESPONSES_OR_CHAT_SCHEMA } from "./openai-chat-schema.ts";
import { RERANKER_SCHEMA } from "../../models/schemas/reranker.ts";
import { acceptParts } from "./vision-schema.ts";

const validators = new Map<object, Cabidela>();
/** Made once: a validator is kept for each schema. */
const mediaSchemas = new Map(catalogue.map((entry) => [entry.id, mediaSchema(entry)]));
const llama33VisionSchema = acceptParts(llama33Schema);

/** Checks inputs against the model's schema. Answers what Workers AI's own validator complains of, if anything. */
export function schemaViolation(model: EmulatedModel, inputs: JsonObject): string | undefined {
  const schema = inputSchema(model);
  let validator = validators.get(schema);
  if (validator === undefined) {
    // The validator takes definitions out of the schema that it is given.
    validator = new Cabidela(structuredClone(schema), { fullErrors: true });
    validators.set(schema, validator);
  }
  try {
    validator.validate(takesNull(schema) ? withoutNulls(inputs) : inputs);
    return undefined;
  } catch (error) {
    return String(error);
  }
}

function inputSchema({ entry, dialect }: EmulatedModel): object {
  if (entry.task === "text-embeddings") return embeddingsSchema(entry.id);
  if (entry.task === "reranking") return RERANKER_SCHEMA;
  if (entry.task === "moderation") return GUARD_SCHEMA;
  const media = mediaSchemas.get(entry.id);
  if (media !== undefined) return media;
  if (entry.id === "@cf/meta/llama-3.1-70b-instruct") return llama31Schema;
  if (entry.id.startsWith("@cf/openai/gpt-oss")) return RESPONSES_OR_CHAT_SCHEMA;
  // Some models answer in OpenAI's shape and take the native inputs.
  if (entry.wireFormat === "openai" || (dialect === "openai" && entry.wireFormat !== "native"))
    return OPENAI_CHAT_SCHEMA;
  return entry.abilities.vision ? llama33VisionSchema : llama33Schema;
}

function embeddingsSchema(id: string): object {
  if (id.includes("qwen3-embedding")) return QWEN_EMBEDDINGS_SCHEMA;
  return id.includes("bge-m3") ? M3_EMBEDDINGS_SCHEMA : EMBEDDINGS_SCHEMA;
}

function takesNull(schema: object): boolean {
  return schema === OPENAI_CHAT_SCHEMA || schema === RESPONSES_OR_CHAT_SCHEMA;
}

function withoutNulls(inputs: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== null));
}
