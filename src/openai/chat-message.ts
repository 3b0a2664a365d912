import * as z from "zod/mini";
import { deferred } from "../config/reader.ts";
import { foreignText, list, oneOf, optional, reference, tagged, text } from "./schema.ts";
import { functionCall, toolCall } from "./tool-schema.ts";

/**
 * The messages of a chat completion request, in every form that clients send: echoed answers with their extra members,
 * null or absent content beside tool calls, arrays of parts, tool ids that nobody here issued.
 */

const textPart = deferred(() => z.object({ type: z.literal("text"), text }));

const imagePart = deferred(() =>
  z.object({
    type: z.literal("image_url"),
    image_url: z.object({ url: reference, detail: optional(oneOf("auto", "low", "high")) }),
  }),
);

const refusalPart = deferred(() => z.object({ type: z.literal("refusal"), refusal: text }));
const audioPart = deferred(() => z.object({ type: z.literal("input_audio") }));
const filePart = deferred(() => z.object({ type: z.literal("file") }));

const textContent = z.union([text, list(textPart, { least: 1 })]);

const userPart = tagged("type", { text: textPart, image_url: imagePart, input_audio: audioPart, file: filePart });

const userContent = z.union([text, list(userPart, { least: 1 })]);

const systemMessage = deferred(() =>
  z.object({ role: oneOf("system", "developer"), content: textContent, name: optional(text) }),
);

const userMessage = deferred(() => z.object({ role: z.literal("user"), content: userContent, name: optional(text) }));

const assistantPart = tagged("type", { text: textPart, refusal: refusalPart });

const assistantMessage = deferred(() =>
  z.object({
    role: z.literal("assistant"),
    content: optional(z.union([text, list(assistantPart)])),
    name: optional(text),
    refusal: optional(text),
    tool_calls: optional(list(toolCall)),
    function_call: optional(functionCall),
    // Other providers' members, echoed in forms of their own (`reasoning` may be an object).
    reasoning_content: foreignText,
    reasoning: foreignText,
  }),
);

const toolMessage = deferred(() => z.object({ role: z.literal("tool"), content: textContent, tool_call_id: text }));

const functionMessage = deferred(() =>
  z.object({ role: z.literal("function"), content: z.nullable(text), name: reference }),
);

export const chatMessage = tagged("role", {
  system: systemMessage,
  developer: systemMessage,
  user: userMessage,
  assistant: assistantMessage,
  tool: toolMessage,
  function: functionMessage,
});

export type ChatMessage = z.infer<typeof chatMessage>;
export type AssistantMessage = z.infer<typeof assistantMessage>;
export type UserContent = z.infer<typeof userContent>;
