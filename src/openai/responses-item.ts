import type * as z from "zod/mini";
import { object } from "../config/reader.ts";
import { either, list, oneOf, openUnion, optional, reference, tagged, text } from "./schema.ts";

/**
 * The items of a Responses request: messages, calls and their results, in every form that clients send. Output items
 * come back as they were sent, with ids, annotations and log probabilities; what has no meaning here is dropped.
 */

const textPart = object({ type: oneOf("input_text", "output_text", "text"), text });
const refusalPart = object({ type: oneOf("refusal"), refusal: text });

const imagePart = object({
  type: oneOf("input_image"),
  image_url: optional(reference),
  file_id: optional(text),
  detail: optional(text),
});

const filePart = object({ type: oneOf("input_file") });
const audioPart = object({ type: oneOf("input_audio") });

const partsByType = {
  input_text: textPart,
  output_text: textPart,
  text: textPart,
  input_image: imagePart,
  input_file: filePart,
};

const contentPart = tagged("type", { ...partsByType, refusal: refusalPart, input_audio: audioPart });

/** What all items may carry; only a store has a use for it. */
const itemMembers = { id: optional(text), status: optional(text) };

const message = object({
  type: oneOf("message"),
  ...itemMembers,
  role: oneOf("user", "assistant", "system", "developer"),
  content: either(text, list(contentPart)),
  phase: optional(text),
});

const functionCall = object({
  type: oneOf("function_call"),
  ...itemMembers,
  call_id: reference,
  name: reference,
  namespace: optional(reference),
  arguments: text,
});

const customToolCall = object({
  type: oneOf("custom_tool_call"),
  ...itemMembers,
  call_id: reference,
  name: reference,
  namespace: optional(reference),
  input: text,
});

const callOutput = either(text, list(tagged("type", partsByType)));

const functionCallOutput = object({
  type: oneOf("function_call_output"),
  ...itemMembers,
  call_id: reference,
  output: callOutput,
});

const customToolCallOutput = object({
  type: oneOf("custom_tool_call_output"),
  ...itemMembers,
  call_id: reference,
  output: callOutput,
});

const reasoningText = object({ type: text, text });

const reasoning = object({
  type: oneOf("reasoning"),
  ...itemMembers,
  summary: optional(list(reasoningText)),
  content: optional(list(reasoningText)),
  encrypted_content: optional(text),
});

/** What `POST /v1/responses/compact` made of a conversation. */
const compaction = object({ type: oneOf("compaction"), ...itemMembers, encrypted_content: text });

const itemReference = object({ type: oneOf("item_reference"), id: reference });

export const inputItem = openUnion(
  {
    message,
    function_call: functionCall,
    function_call_output: functionCallOutput,
    custom_tool_call: customToolCall,
    custom_tool_call_output: customToolCallOutput,
    reasoning,
    compaction,
    item_reference: itemReference,
  },
  (value) => ("role" in value ? "message" : "id" in value ? "item_reference" : undefined),
);

export type InputItem = z.infer<typeof inputItem>;
export type ContentPart = z.infer<typeof contentPart>;
export type CallOutput = z.infer<typeof callOutput>;
