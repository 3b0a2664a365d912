import * as z from "zod/mini";
import { chatMessage } from "./chat-message.ts";
import { integer, jsonObject, list, name, optional, reference, samplingMembers, unread } from "./schema.ts";
import { functionDefinition, tool, toolChoice } from "./tool-schema.ts";

/**
 * The body of `POST /v1/chat/completions`. Members that are unknown are dropped, as OpenAI does; members that are
 * known and cannot be honoured are kept, so that the caller can be told.
 */

const responseFormat = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text") }),
  z.object({ type: z.literal("json_object") }),
  z.object({
    type: z.literal("json_schema"),
    json_schema: z.object({
      name,
      description: optional(z.string()),
      schema: optional(jsonObject),
      strict: optional(z.boolean()),
    }),
  }),
]);

export const chatRequest = z.object({
  model: reference,
  messages: list(chatMessage, { least: 1 }),
  ...samplingMembers,
  max_tokens: optional(integer({ least: 1 })),
  max_completion_tokens: optional(integer({ least: 1 })),
  tools: optional(list(tool)),
  tool_choice: optional(toolChoice),
  parallel_tool_calls: optional(z.boolean()),
  functions: optional(list(functionDefinition, { most: 128 })),
  function_call: optional(z.union([z.enum(["none", "auto"]), z.object({ name: reference })])),
  response_format: optional(responseFormat),
  reasoning_effort: optional(z.enum(["none", "minimal", "low", "medium", "high", "xhigh", "max"])),
  logprobs: optional(z.boolean()),
  top_logprobs: optional(integer({ least: 0, most: 20 })),
  modalities: optional(list(z.enum(["text", "audio"]))),
  prompt_cache_key: optional(z.string()),
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
