import type * as z from "zod/mini";
import { deferred, object } from "../config/reader.ts";
import { chatMessage } from "./chat-message.ts";
import { samplingMembers } from "./sampling-members.ts";
import {
  boolean,
  either,
  integer,
  jsonObject,
  list,
  name,
  oneOf,
  optional,
  reference,
  tagged,
  text,
  unread,
} from "./schema.ts";
import { functionDefinition, tool, toolChoice } from "./tool-schema.ts";

/**
 * The body of `POST /v1/chat/completions`. Members that are unknown are dropped, as OpenAI does; members that are
 * known and cannot be honoured are kept, so that the caller can be told.
 */

const responseFormat = tagged("type", {
  text: deferred(() => object({ type: oneOf("text") })),
  json_object: deferred(() => object({ type: oneOf("json_object") })),
  json_schema: deferred(() =>
    object({
      type: oneOf("json_schema"),
      json_schema: object({
        name,
        description: optional(text),
        schema: optional(jsonObject),
        strict: optional(boolean),
      }),
    }),
  ),
});

const functionChoice = deferred(() => either(oneOf("none", "auto"), object({ name: reference })));

export const chatRequest = object({
  model: reference,
  messages: list(chatMessage, { least: 1 }),
  ...samplingMembers,
  max_tokens: optional(integer({ least: 1 })),
  max_completion_tokens: optional(integer({ least: 1 })),
  tools: optional(list(tool)),
  tool_choice: optional(toolChoice),
  parallel_tool_calls: optional(boolean),
  functions: optional(list(functionDefinition, { most: 128 })),
  function_call: optional(functionChoice),
  response_format: optional(responseFormat),
  reasoning_effort: optional(oneOf("none", "minimal", "low", "medium", "high", "xhigh", "max")),
  logprobs: optional(boolean),
  top_logprobs: optional(integer({ least: 0, most: 20 })),
  modalities: optional(list(oneOf("text", "audio"))),
  prompt_cache_key: optional(text),
  audio: unread,
  metadata: unread,
  moderation: unread,
  prediction: unread,
  prompt_cache_options: unread,
  prompt_cache_retention: unread,
  safety_identifier: unread,
  service_tier: unread,
  store: unread,
  verbosity: unread,
  web_search_options: unread,
});

export type ChatRequest = z.infer<typeof chatRequest>;
export type ResponseFormat = z.infer<typeof responseFormat>;
export type { FunctionDefinition, ToolChoice, ToolDefinition } from "./tool-schema.ts";
