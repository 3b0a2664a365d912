import * as z from "zod/mini";
import { foreignText, list, optional, reference } from "./schema.ts";
import { functionCall, toolCall } from "./tool-schema.ts";

/**
 * The messages of a chat completion request, in every form that clients send: echoed answers with their extra members,
 * null or absent content beside tool calls, arrays of parts, tool ids that nobody here issued.
 */

const textPart = z.object({ type: z.literal("text"), text: z.string() });

const imagePart = z.object({
  type: z.literal("image_url"),
  image_url: z.object({ url: reference, detail: optional(z.enum(["auto", "low", "high"])) }),
});

const refusalPart = z.object({ type: z.literal("refusal"), refusal: z.string() });
const audioPart = z.object({ type: z.literal("input_audio") });
const filePart = z.object({ type: z.literal("file") });

const textContent = z.union([z.string(), list(textPart, { least: 1 })]);

const userContent = z.union([
  z.string(),
  list(z.discriminatedUnion("type", [textPart, imagePart, audioPart, filePart]), { least: 1 }),
]);

const assistantContent = z.union([z.string(), list(z.discriminatedUnion("type", [textPart, refusalPart]))]);

const systemMessage = z.object({
  role: z.enum(["system", "developer"]),
  content: textContent,
  name: optional(z.string()),
});

const userMessage = z.object({ role: z.literal("user"), content: userContent, name: optional(z.string()) });

const assistantMessage = z.object({
  role: z.literal("assistant"),
  content: optional(assistantContent),
  name: optional(z.string()),
  refusal: optional(z.string()),
  tool_calls: optional(list(toolCall)),
  function_call: optional(functionCall),
  // Other providers' members, echoed in forms of their own (`reasoning` may be an object).
  reasoning_content: foreignText,
  reasoning: foreignText,
});

const toolMessage = z.object({ role: z.literal("tool"), content: textContent, tool_call_id: z.string() });

const functionMessage = z.object({ role: z.literal("function"), content: z.nullable(z.string()), name: reference });

export const chatMessage = z.discriminatedUnion("role", [
  systemMessage,
  userMessage,
  assistantMessage,
  toolMessage,
  functionMessage,
]);

export type ChatMessage = z.infer<typeof chatMessage>;
export type AssistantMessage = z.infer<typeof assistantMessage>;
export type UserContent = z.infer<typeof userContent>;
