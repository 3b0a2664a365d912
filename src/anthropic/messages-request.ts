import type * as z from "zod/mini";
import { object } from "../config/reader.ts";
import {
  boolean,
  integer,
  jsonObject,
  list,
  number,
  oneOf,
  optional,
  reference,
  tagged,
  text,
  unread,
} from "../openai/schema.ts";
import { message, systemPrompt } from "./content-block.ts";

/**
 * The bodies of `POST /v1/messages` and `POST /v1/messages/count_tokens`. Members that are unknown are dropped: clients
 * send those of betas. Members that are known and cannot be honoured are kept, so that the caller can be told.
 */

/** A tool of the caller's. Tools of any other type are Anthropic's own, and only their presence matters. */
const tool = object({
  type: optional(text),
  name: optional(reference),
  description: optional(text),
  input_schema: optional(jsonObject),
  strict: optional(boolean),
  cache_control: unread,
});

const parallel = { disable_parallel_tool_use: optional(boolean) };

const toolChoice = tagged("type", {
  auto: object({ type: oneOf("auto"), ...parallel }),
  any: object({ type: oneOf("any"), ...parallel }),
  tool: object({ type: oneOf("tool"), name: reference, ...parallel }),
  none: object({ type: oneOf("none") }),
});

const display = { display: optional(oneOf("summarized", "omitted")) };

const thinking = tagged("type", {
  enabled: object({ type: oneOf("enabled"), budget_tokens: integer({ least: 1 }), ...display }),
  adaptive: object({ type: oneOf("adaptive"), ...display }),
  between_tools: object({ type: oneOf("between_tools"), ...display }),
  disabled: object({ type: oneOf("disabled") }),
});

const outputFormat = object({ type: oneOf("json_schema"), schema: jsonObject });

const fraction = number(0, 1);

const promptMembers = {
  model: reference,
  messages: list(message, { least: 1 }),
  system: optional(systemPrompt),
  tools: optional(list(tool)),
  tool_choice: optional(toolChoice),
  thinking: optional(thinking),
  output_config: optional(
    object({
      effort: optional(oneOf("low", "medium", "high", "xhigh", "max")),
      format: optional(outputFormat),
    }),
  ),
  /** The name of `output_config.format` while it was a beta. */
  output_format: optional(outputFormat),
  /** The gateway's own: models that are tried in this order, after `model`. */
  models: optional(list(reference, { most: 8 })),
};

export const messagesRequest = object({
  ...promptMembers,
  max_tokens: integer({ least: 1 }),
  metadata: optional(object({ user_id: optional(text) })),
  stop_sequences: optional(list(text)),
  stream: optional(boolean),
  temperature: optional(fraction),
  top_p: optional(fraction),
  top_k: optional(integer({ least: 0 })),
  cache_control: unread,
  container: unread,
  context_management: unread,
  diagnostics: unread,
  inference_geo: unread,
  mcp_servers: unread,
  service_tier: unread,
  speed: unread,
});

export const countTokensRequest = object(promptMembers);

export type MessagesRequest = z.infer<typeof messagesRequest>;
/** What the two requests have in common: all that a model reads. */
export type Prompt = z.infer<typeof countTokensRequest>;
