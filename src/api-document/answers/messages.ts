import type { Message, Usage } from "@anthropic-ai/sdk/resources/messages";
import * as z from "zod/mini";
import type { ErrorBody } from "../../anthropic/error-body.ts";
import { documents } from "./documents.ts";
import { count, noted } from "./members.ts";

/** What the Messages API answers with, whole and in events. */

const counts = {
  input_tokens: noted(count, "Without what was read from a cache. 0 where Workers AI reports none."),
  output_tokens: count,
  cache_creation_input_tokens: z.nullable(count),
  cache_read_input_tokens: z.nullable(count),
  output_tokens_details: z.nullable(z.object({ thinking_tokens: count })),
  server_tool_use: z.null(),
};

const usage = documents<Usage, "server_tool_use" | "cache_creation">()(
  z.object({
    ...counts,
    cache_creation: z.null(),
    service_tier: z.nullable(z.string()),
    inference_geo: z.nullable(z.string()),
    speed: z.nullable(z.string()),
  }),
);

const text = z.object({ type: z.literal("text"), text: z.string(), citations: z.null() });

const thinking = z.object({
  type: z.literal("thinking"),
  thinking: z.string(),
  signature: noted(z.string(), "`unsigned`: it proves nothing."),
});

const toolUse = z.object({
  type: z.literal("tool_use"),
  id: z.string(),
  name: z.string(),
  input: z.record(z.string(), z.unknown()),
  caller: z.object({ type: z.literal("direct") }),
});

const block = z.union([text, thinking, toolUse]);

const end = {
  stop_reason: z.nullable(z.enum(["end_turn", "max_tokens", "stop_sequence", "tool_use", "refusal"])),
  stop_sequence: z.nullable(z.string()),
  stop_details: z.nullable(z.object({ type: z.literal("refusal"), category: z.null(), explanation: z.null() })),
};

/** What the client's types of these members name, beside what is sent. */
type Wider = "content" | "stop_reason" | "stop_details" | "usage" | "container" | "diagnostics";

export const message = documents<Message, Wider>()(
  z.object({
    id: z.string(),
    type: z.literal("message"),
    role: z.literal("assistant"),
    model: noted(z.string(), "The id of the model that answered."),
    content: z.array(block),
    ...end,
    container: z.null(),
    diagnostics: z.null(),
    usage,
  }),
);

export const tokenCount = z.object({ input_tokens: noted(count, "An estimate: the model is not asked.") });

export const messagesError = documents<ErrorBody>()(
  z.object({
    type: z.literal("error"),
    error: z.object({ type: z.string(), message: z.string() }),
    request_id: z.string(),
  }),
);

const delta = z.union([
  z.object({ type: z.literal("text_delta"), text: z.string() }),
  z.object({ type: z.literal("thinking_delta"), thinking: z.string() }),
  z.object({ type: z.literal("signature_delta"), signature: z.string() }),
  z.object({ type: z.literal("input_json_delta"), partial_json: z.string() }),
]);

export const messageStreamEvent = z.union([
  z.object({ type: z.literal("message_start"), message }),
  z.object({ type: z.literal("content_block_start"), index: count, content_block: block }),
  z.object({ type: z.literal("content_block_delta"), index: count, delta }),
  z.object({ type: z.literal("content_block_stop"), index: count }),
  z.object({
    type: z.literal("message_delta"),
    delta: z.object({ ...end, container: z.null() }),
    usage: z.object(counts),
  }),
  z.object({ type: z.literal("message_stop") }),
]);
