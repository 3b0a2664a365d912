import * as z from "zod/mini";
import type { CompactionResource } from "../../translate/compact-conversation.ts";
import type { ResponseResource } from "../../translate/response-resource.ts";
import { documents } from "./documents.ts";
import { count, noted, unixSeconds } from "./members.ts";
import { compactionItem, functionTool, messageItem, outputItem, customTool } from "./response-items.ts";

/** What the Responses API answers with. */

const usage = noted(
  z.nullable(
    z.object({
      input_tokens: count,
      input_tokens_details: z.object({ cached_tokens: count, cache_write_tokens: count }),
      output_tokens: count,
      output_tokens_details: z.object({ reasoning_tokens: count }),
      total_tokens: count,
      cost: z.optional(noted(z.number(), "US dollars, where the request asked with `usage: {include: true}`.")),
      neurons: z.optional(noted(z.number(), "Cloudflare's billing unit, with `cost`.")),
    }),
  ),
  "Null where Workers AI reports none. Details that it does not report are 0.",
);

const format = z.union([
  z.object({ type: z.enum(["text", "json_object"]) }),
  z.object({
    type: z.literal("json_schema"),
    name: z.string(),
    description: z.nullable(z.string()),
    schema: z.nullable(z.record(z.string(), z.unknown())),
    strict: z.boolean(),
  }),
]);

const choice = {
  function: z.object({ type: z.literal("function"), name: z.string() }),
  custom: z.object({ type: z.literal("custom"), name: z.string() }),
};

const toolChoice = z.union([
  z.enum(["none", "auto", "required"]),
  choice.function,
  choice.custom,
  z.object({
    type: z.literal("allowed_tools"),
    mode: z.enum(["auto", "required"]),
    tools: z.array(z.union([choice.function, choice.custom])),
  }),
]);

/** What the client's types of these members name, beside what is sent. */
type Wider =
  | "access_programs"
  | "output"
  | "tools"
  | "tool_choice"
  | "error"
  | "incomplete_details"
  | "instructions"
  | "usage";

export const response = documents<ResponseResource, Wider>()(
  z.object({
    id: z.string(),
    object: z.literal("response"),
    created_at: unixSeconds,
    completed_at: z.optional(z.nullable(unixSeconds)),
    status: z.optional(z.enum(["queued", "in_progress", "completed", "incomplete", "failed", "cancelled"])),
    model: noted(z.string(), "The id of the model that answered."),
    output: z.array(outputItem),
    usage,
    error: z.nullable(
      z.object({ code: z.enum(["rate_limit_exceeded", "invalid_prompt", "server_error"]), message: z.string() }),
    ),
    incomplete_details: z.nullable(z.object({ reason: z.optional(z.enum(["max_output_tokens", "content_filter"])) })),
    access_programs: z.null(),
    background: z.optional(z.nullable(z.boolean())),
    conversation: z.optional(z.nullable(z.object({ id: z.string() }))),
    frequency_penalty: z.number(),
    instructions: z.nullable(z.string()),
    max_output_tokens: z.optional(z.nullable(z.int())),
    max_tool_calls: z.optional(z.nullable(z.int())),
    metadata: z.nullable(z.record(z.string(), z.string())),
    parallel_tool_calls: z.boolean(),
    presence_penalty: z.number(),
    previous_response_id: z.optional(z.nullable(z.string())),
    prompt_cache_key: z.optional(z.nullable(z.string())),
    reasoning: z.optional(
      z.nullable(z.object({ effort: z.optional(z.nullable(z.string())), summary: z.optional(z.nullable(z.string())) })),
    ),
    safety_identifier: z.optional(z.nullable(z.string())),
    service_tier: z.optional(z.nullable(z.string())),
    store: z.boolean(),
    temperature: z.nullable(z.number()),
    text: z.object({ format, verbosity: z.enum(["low", "medium", "high"]) }),
    tool_choice: toolChoice,
    tools: z.array(z.union([functionTool, customTool])),
    top_logprobs: z.optional(z.nullable(z.int())),
    top_p: z.nullable(z.number()),
    truncation: z.optional(z.nullable(z.enum(["auto", "disabled"]))),
    user: z.optional(z.string()),
  }),
);

export const deletedResponse = z.object({ id: z.string(), object: z.literal("response"), deleted: z.literal(true) });

export const inputTokens = z.object({
  object: z.literal("response.input_tokens"),
  input_tokens: noted(count, "An estimate: the model is not asked."),
});

export const compactedResponse = documents<CompactionResource, "output" | "usage">()(
  z.object({
    id: z.string(),
    object: z.literal("response.compaction"),
    created_at: unixSeconds,
    output: noted(z.array(z.union([messageItem, compactionItem])), "The input of the next request."),
    usage,
  }),
);
