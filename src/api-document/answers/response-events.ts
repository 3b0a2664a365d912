import * as z from "zod/mini";
import { count, noted } from "./members.ts";
import { logprobs, outputItem, outputText, reasoningText } from "./response-items.ts";
import { response } from "./responses.ts";

/** The events of a response's stream, and of its WebSocket. */

const sequence_number = noted(count, "The place among the events of the response.");

function event<Type extends string, Members extends z.core.$ZodLooseShape>(type: Type, members: Members) {
  return z.object({ type: z.literal(type), ...members, sequence_number });
}

const ofItem = { output_index: count, item: outputItem };
const inItem = { item_id: z.string(), output_index: count };
const inPart = { ...inItem, content_index: count };
const obfuscation = z.optional(noted(z.string(), "Padding, where the model sends one and it is not refused."));
const part = z.union([outputText, reasoningText]);

const lifecycle = z.object({
  type: z.enum([
    "response.queued",
    "response.created",
    "response.in_progress",
    "response.completed",
    "response.incomplete",
    "response.failed",
  ]),
  response,
  sequence_number,
});

const error = z.object({
  message: z.string(),
  type: z.string(),
  param: z.nullable(z.string()),
  code: z.nullable(z.string()),
});

export const responseStreamEvent = z.union([
  lifecycle,
  event("response.output_item.added", ofItem),
  event("response.output_item.done", ofItem),
  event("response.content_part.added", { ...inPart, part }),
  event("response.content_part.done", { ...inPart, part }),
  event("response.output_text.delta", { ...inPart, delta: z.string(), logprobs, obfuscation }),
  event("response.output_text.done", { ...inPart, text: z.string(), logprobs }),
  event("response.reasoning_text.delta", { ...inPart, delta: z.string() }),
  event("response.reasoning_text.done", { ...inPart, text: z.string() }),
  event("response.function_call_arguments.delta", { ...inItem, delta: z.string(), obfuscation }),
  event("response.function_call_arguments.done", { ...inItem, name: z.string(), arguments: z.string() }),
  event("response.custom_tool_call_input.delta", { ...inItem, delta: z.string() }),
  event("response.custom_tool_call_input.done", { ...inItem, input: z.string() }),
  event("error", { code: z.nullable(z.string()), message: z.string(), param: z.nullable(z.string()), error }),
]);
