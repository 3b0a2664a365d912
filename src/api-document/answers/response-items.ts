import * as z from "zod/mini";
import { noted } from "./members.ts";

/** The items of responses and conversations, as they are sent. */

const status = z.enum(["in_progress", "completed", "incomplete"]);

const logprob = { token: z.string(), logprob: z.number(), bytes: z.array(z.int()) };

export const logprobs = z.array(z.object({ ...logprob, top_logprobs: z.array(z.object(logprob)) }));

export const outputText = z.object({
  type: z.literal("output_text"),
  text: z.string(),
  annotations: z.array(z.unknown()),
  logprobs: z.optional(logprobs),
});

export const reasoningText = z.object({ type: z.literal("reasoning_text"), text: z.string() });

const refusal = z.object({ type: z.literal("refusal"), refusal: z.string() });
const inputText = z.object({ type: z.literal("input_text"), text: z.string() });

const inputImage = z.object({
  type: z.literal("input_image"),
  detail: z.string(),
  image_url: z.nullable(z.string()),
  file_id: z.nullable(z.string()),
});

const inputPart = z.union([inputText, inputImage]);

export const assistantMessage = z.object({
  id: z.string(),
  type: z.literal("message"),
  role: z.literal("assistant"),
  status,
  content: z.array(z.union([outputText, refusal])),
  phase: z.optional(z.enum(["commentary", "final_answer"])),
});

const inputMessage = z.object({
  id: z.string(),
  type: z.literal("message"),
  role: z.enum(["user", "system", "developer"]),
  status,
  content: z.array(inputPart),
});

export const messageItem = z.union([assistantMessage, inputMessage]);

export const reasoningItem = z.object({
  id: z.string(),
  type: z.literal("reasoning"),
  status,
  summary: z.array(z.object({ type: z.literal("summary_text"), text: z.string() })),
  content: z.array(reasoningText),
  encrypted_content: z.optional(z.string()),
});

export const functionCall = z.object({
  id: z.string(),
  type: z.literal("function_call"),
  status,
  call_id: z.string(),
  name: z.string(),
  arguments: noted(z.string(), "JSON, as the model wrote it."),
});

export const customToolCall = z.object({
  id: z.string(),
  type: z.literal("custom_tool_call"),
  status: z.optional(status),
  call_id: z.string(),
  name: z.string(),
  input: z.string(),
});

const callOutput = z.object({
  id: z.string(),
  type: z.enum(["function_call_output", "custom_tool_call_output"]),
  status,
  call_id: z.string(),
  output: z.union([z.string(), z.array(inputPart)]),
});

export const compactionItem = z.object({
  id: z.string(),
  type: z.literal("compaction"),
  encrypted_content: noted(z.string(), "The summary, in base64."),
});

/** What a model makes. */
export const outputItem = z.union([assistantMessage, reasoningItem, functionCall, customToolCall]);

/** What is kept of requests and responses. */
export const storedItem = z.union([
  messageItem,
  reasoningItem,
  functionCall,
  customToolCall,
  callOutput,
  compactionItem,
]);

export const itemList = z.object({
  object: z.literal("list"),
  data: z.array(storedItem),
  first_id: z.nullable(z.string()),
  last_id: z.nullable(z.string()),
  has_more: z.boolean(),
});

export const functionTool = z.object({
  type: z.literal("function"),
  name: z.string(),
  description: z.nullable(z.string()),
  parameters: z.nullable(z.record(z.string(), z.unknown())),
  strict: z.boolean(),
});

export const customTool = z.object({
  type: z.literal("custom"),
  name: z.string(),
  description: z.optional(z.string()),
  format: z.optional(
    z.union([
      z.object({ type: z.literal("text") }),
      z.object({ type: z.literal("grammar"), definition: z.string(), syntax: z.enum(["lark", "regex"]) }),
    ]),
  ),
});
