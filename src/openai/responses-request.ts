import type * as z from "zod/mini";
import { object } from "../config/reader.ts";
import { pairs } from "./object-schema.ts";
import { inputItem } from "./responses-item.ts";
import { responsesTool, responsesToolChoice } from "./responses-tool.ts";
import { samplingMembers } from "./sampling-members.ts";
import {
  boolean,
  either,
  integer,
  jsonObject,
  list,
  mapped,
  name,
  oneOf,
  optional,
  reference,
  tagged,
  text,
  unread,
} from "./schema.ts";

/** The bodies of `POST /v1/responses` and of what stands below it. Unknown members are dropped, as OpenAI does. */

const textFormat = tagged("type", {
  text: object({ type: oneOf("text") }),
  json_object: object({ type: oneOf("json_object") }),
  json_schema: object({
    type: oneOf("json_schema"),
    name,
    description: optional(text),
    schema: optional(jsonObject),
    strict: optional(boolean),
  }),
});

const reasoning = object({
  effort: optional(oneOf("none", "minimal", "low", "medium", "high", "xhigh", "max")),
  summary: unread,
  generate_summary: unread,
  context: unread,
  mode: unread,
});

const conversation = mapped(either(reference, object({ id: reference })), (value) =>
  typeof value === "string" ? value : value.id,
);

/** What asks for an answer; counting and compacting take it as well. */
const contextMembers = {
  model: reference,
  models: samplingMembers.models,
  input: optional(either(text, list(inputItem))),
  instructions: optional(text),
  previous_response_id: optional(reference),
  prompt_cache_key: optional(text),
};

export const responsesRequest = object({
  ...contextMembers,
  conversation: optional(conversation),
  max_output_tokens: optional(integer({ least: 16 })),
  // It bounds calls of tools that OpenAI runs itself; here there are none.
  max_tool_calls: optional(integer({ least: 1 })),
  frequency_penalty: samplingMembers.frequency_penalty,
  presence_penalty: samplingMembers.presence_penalty,
  temperature: samplingMembers.temperature,
  top_p: samplingMembers.top_p,
  seed: samplingMembers.seed,
  top_k: samplingMembers.top_k,
  repetition_penalty: samplingMembers.repetition_penalty,
  raw: samplingMembers.raw,
  lora: samplingMembers.lora,
  user: samplingMembers.user,
  usage: samplingMembers.usage,
  top_logprobs: optional(integer({ least: 0, most: 20 })),
  text: optional(object({ format: optional(textFormat), verbosity: optional(oneOf("low", "medium", "high")) })),
  reasoning: optional(reasoning),
  tools: optional(list(responsesTool)),
  tool_choice: optional(responsesToolChoice),
  parallel_tool_calls: optional(boolean),
  store: optional(boolean),
  stream: optional(boolean),
  stream_options: optional(object({ include_obfuscation: optional(boolean) })),
  include: optional(list(text)),
  truncation: optional(oneOf("auto", "disabled")),
  background: optional(boolean),
  metadata: optional(pairs()),
  safety_identifier: optional(text),
  access_programs: unread,
  context_management: unread,
  image: unread,
  moderation: unread,
  prompt: unread,
  prompt_cache_options: unread,
  prompt_cache_retention: unread,
  service_tier: unread,
});

/** The body of `POST /v1/responses/compact`. */
export const compactRequest = object(contextMembers);

export type CompactRequest = z.infer<typeof compactRequest>;
export type ResponsesRequest = z.infer<typeof responsesRequest>;
export type TextFormat = z.infer<typeof textFormat>;
