import type { ChatCompletion, ChatCompletionChunk } from "openai/resources/chat/completions";
import type { Completion } from "openai/resources/completions";
import * as z from "zod/mini";
import type { ErrorEnvelope } from "../../openai/error-envelope.ts";
import type { PricedUsage } from "../../translate/usage.ts";
import { documents } from "./documents.ts";
import { count, noted, unixSeconds } from "./members.ts";

/** What chat and text completions answer with, whole and in chunks. */

export const usage = documents<PricedUsage>()(
  noted(
    z.object({
      prompt_tokens: count,
      completion_tokens: count,
      total_tokens: count,
      prompt_tokens_details: z.optional(z.object({ cached_tokens: z.optional(count) })),
      completion_tokens_details: z.optional(z.object({ reasoning_tokens: z.optional(count) })),
      cost: z.optional(noted(z.number(), "US dollars, where the request asked with `usage: {include: true}`.")),
      neurons: z.optional(noted(z.number(), "Cloudflare's billing unit, with `cost`.")),
    }),
    "The tokens of all choices together, as Workers AI reports them. Absent where it reports none.",
  ),
);

const tokenLogprob = { token: z.string(), logprob: z.number(), bytes: z.nullable(z.array(z.int())) };

const tokenLogprobs = z.nullable(z.array(z.object({ ...tokenLogprob, top_logprobs: z.array(z.object(tokenLogprob)) })));

const logprobs = noted(
  z.nullable(z.object({ content: tokenLogprobs, refusal: tokenLogprobs })),
  "Null unless `logprobs` was asked for.",
);

const functionCall = z.object({ name: z.string(), arguments: noted(z.string(), "JSON, as the model wrote it.") });

const toolCall = z.union([
  z.object({ id: z.string(), type: z.literal("function"), function: functionCall }),
  z.object({ id: z.string(), type: z.literal("custom"), custom: z.object({ name: z.string(), input: z.string() }) }),
]);

const finishReason = z.enum(["stop", "length", "tool_calls", "content_filter", "function_call"]);

const reasoning = z.optional(
  noted(z.string(), "What a reasoning model wrote before its answer. Not a member of OpenAI's."),
);

const model = noted(z.string(), "The id of the model that answered.");

export const chatCompletion = documents<ChatCompletion>()(
  z.object({
    id: z.string(),
    object: z.literal("chat.completion"),
    created: unixSeconds,
    model,
    choices: z.array(
      z.object({
        index: count,
        message: z.object({
          role: z.literal("assistant"),
          content: noted(z.nullable(z.string()), "Null only beside calls."),
          refusal: z.nullable(z.string()),
          reasoning_content: reasoning,
          tool_calls: z.optional(z.array(toolCall)),
          function_call: z.optional(noted(z.nullable(functionCall), "Where the request has `functions`.")),
        }),
        logprobs,
        finish_reason: finishReason,
      }),
    ),
    usage: z.optional(usage),
  }),
);

const chunkUsage = z.optional(
  noted(z.nullable(usage), "With `include_usage`: null in every chunk but the last, which has no choices."),
);

const toolCallDelta = z.object({
  index: count,
  id: z.optional(noted(z.string(), "In the first delta of a call.")),
  type: z.optional(z.enum(["function", "custom"])),
  function: z.optional(z.object({ name: z.optional(z.string()), arguments: z.string() })),
  custom: z.optional(z.object({ name: z.optional(z.string()), input: z.string() })),
});

/** The client's type names roles of which only one is sent. */
export const chatCompletionChunk = documents<ChatCompletionChunk, "choices">()(
  z.object({
    id: z.string(),
    object: z.literal("chat.completion.chunk"),
    created: unixSeconds,
    model,
    choices: z.array(
      z.object({
        index: count,
        delta: z.object({
          role: z.optional(noted(z.literal("assistant"), "In the first delta of a choice.")),
          content: z.optional(z.nullable(z.string())),
          refusal: z.optional(z.nullable(z.string())),
          reasoning_content: reasoning,
          tool_calls: z.optional(z.array(toolCallDelta)),
          function_call: z.optional(z.object({ name: z.optional(z.string()), arguments: z.string() })),
        }),
        logprobs,
        finish_reason: noted(z.nullable(finishReason), "In the last delta of a choice."),
      }),
    ),
    obfuscation: z.optional(noted(z.string(), "Padding, where the model sends one and it is not refused.")),
    usage: chunkUsage,
  }),
);

const textLogprobs = z.nullable(
  z.object({
    tokens: z.optional(z.array(z.string())),
    token_logprobs: z.optional(z.array(z.number())),
    top_logprobs: z.optional(z.array(z.record(z.string(), z.number()))),
    text_offset: z.optional(z.array(z.int())),
  }),
);

const textFinishReason = z.enum(["stop", "length", "content_filter"]);

const textHead = { id: z.string(), object: z.literal("text_completion"), created: unixSeconds, model };
const textChoice = { text: z.string(), index: count, logprobs: textLogprobs };

export const textCompletion = documents<Completion>()(
  z.object({
    ...textHead,
    choices: z.array(z.object({ ...textChoice, finish_reason: textFinishReason })),
    usage: z.optional(usage),
  }),
);

export const textCompletionChunk = z.object({
  ...textHead,
  choices: z.array(z.object({ ...textChoice, finish_reason: z.nullable(textFinishReason) })),
  usage: chunkUsage,
});

export const error = documents<ErrorEnvelope>()(
  z.object({
    error: z.object({
      message: z.string(),
      type: z.string(),
      param: noted(z.nullable(z.string()), "The field at fault, such as `messages[0].role`."),
      code: z.nullable(z.string()),
    }),
  }),
);
