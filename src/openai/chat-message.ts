import type * as z from "zod/mini";
import { deferred, object } from "../config/reader.ts";
import { either, foreignText, list, nullable, oneOf, optional, reference, tagged, text } from "./schema.ts";
import { functionCall, toolCall } from "./tool-schema.ts";

/**
 * The messages of a chat completion request, in every form that clients send: echoed answers with their extra members,
 * null or absent content beside tool calls, arrays of parts, tool ids that nobody here issued.
 */

const textPart = deferred(() => object({ type: oneOf("text"), text }));

const imagePart = deferred(() =>
  object({
    type: oneOf("image_url"),
    image_url: object({ url: reference, detail: optional(oneOf("auto", "low", "high")) }),
  }),
);

const refusalPart = deferred(() => object({ type: oneOf("refusal"), refusal: text }));
const audioPart = deferred(() => object({ type: oneOf("input_audio") }));
const filePart = deferred(() => object({ type: oneOf("file") }));

const textContent = either(text, list(textPart, { least: 1 }));

const userPart = tagged("type", { text: textPart, image_url: imagePart, input_audio: audioPart, file: filePart });

const userContent = either(text, list(userPart, { least: 1 }));

const systemMessage = deferred(() =>
  object({ role: oneOf("system", "developer"), content: textContent, name: optional(text) }),
);

const userMessage = deferred(() => object({ role: oneOf("user"), content: userContent, name: optional(text) }));

const assistantPart = tagged("type", { text: textPart, refusal: refusalPart });

const assistantMessage = deferred(() =>
  object({
    role: oneOf("assistant"),
    content: optional(either(text, list(assistantPart))),
    name: optional(text),
    refusal: optional(text),
    tool_calls: optional(list(toolCall)),
    function_call: optional(functionCall),
    // Other providers' members, echoed in forms of their own (`reasoning` may be an object).
    reasoning_content: foreignText,
    reasoning: foreignText,
  }),
);

const toolMessage = deferred(() => object({ role: oneOf("tool"), content: textContent, tool_call_id: text }));

const functionMessage = deferred(() => object({ role: oneOf("function"), content: nullable(text), name: reference }));

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
