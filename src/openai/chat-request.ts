import * as z from "zod";
import { chatMessage } from "./chat-message.ts";
import { jsonObject, name, optional, samplingMembers, unread } from "./schema.ts";

/**
 * The body of `POST /v1/chat/completions`. Members that are unknown are dropped, as OpenAI does; members that are
 * known and cannot be honoured are kept, so that the caller can be told.
 */

const functionDefinition = z.object({
  name,
  description: optional(z.string()),
  parameters: optional(jsonObject),
  strict: optional(z.boolean()),
});

const tool = z.object({ type: z.literal("function"), function: functionDefinition });

const namedFunction = z.object({ type: z.literal("function"), function: z.object({ name: z.string().min(1) }) });

const toolChoice = z.union([
  z.enum(["none", "auto", "required"]),
  z.discriminatedUnion("type", [
    namedFunction,
    z.object({
      type: z.literal("allowed_tools"),
      allowed_tools: z.object({ mode: z.enum(["auto", "required"]), tools: z.array(namedFunction).min(1) }),
    }),
  ]),
]);

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
  ...samplingMembers,
  model: z.string().min(1),
  messages: z.array(chatMessage).min(1),
  max_tokens: optional(z.int().min(1)),
  max_completion_tokens: optional(z.int().min(1)),
  tools: optional(z.array(tool)),
  tool_choice: optional(toolChoice),
  parallel_tool_calls: optional(z.boolean()),
  functions: optional(z.array(functionDefinition).max(128)),
  function_call: optional(z.union([z.enum(["none", "auto"]), z.object({ name: z.string().min(1) })])),
  response_format: optional(responseFormat),
  reasoning_effort: optional(z.enum(["none", "minimal", "low", "medium", "high", "xhigh", "max"])),
  logprobs: optional(z.boolean()),
  top_logprobs: optional(z.int().min(0).max(20)),
  modalities: optional(z.array(z.string())),
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
export type ToolDefinition = z.infer<typeof tool>;
export type FunctionDefinition = z.infer<typeof functionDefinition>;
export type ToolChoice = z.infer<typeof toolChoice>;
export type ResponseFormat = z.infer<typeof responseFormat>;
