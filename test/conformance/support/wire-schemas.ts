import * as z from "zod";

/**
 * What OpenAI's API reference says of answers, with no member more: whatever else an upstream sends (`response`, `p`,
 * `matched_stop`, names of its own) must not reach a client. `reasoning_content` is the one addition.
 */

const count = z.int().min(0);
const finishReason = z.enum(["stop", "length", "tool_calls", "content_filter", "function_call"]);

const usage = z
  .strictObject({
    prompt_tokens: count,
    completion_tokens: count,
    total_tokens: count,
    prompt_tokens_details: z.strictObject({ cached_tokens: count }).optional(),
    completion_tokens_details: z.strictObject({ reasoning_tokens: count }).optional(),
  })
  .refine((value) => value.total_tokens === value.prompt_tokens + value.completion_tokens, {
    error: "total_tokens is not the sum",
  });

/** Seconds, not milliseconds: between 2020 and 2100. */
const unixSeconds = z.int().min(1_577_836_800).max(4_102_444_800);

const head = { created: unixSeconds, model: z.string().regex(/^@(?:cf|hf|emulator)\//) };

const functionCall = z.strictObject({ name: z.string().min(1), arguments: z.string().refine(isJsonObject) });

export const chatCompletion = z.strictObject({
  ...head,
  id: z.string().startsWith("chatcmpl-"),
  object: z.literal("chat.completion"),
  choices: z
    .array(
      z.strictObject({
        index: count,
        message: z.strictObject({
          role: z.literal("assistant"),
          content: z.string().nullable(),
          refusal: z.string().nullable(),
          reasoning_content: z.string().min(1).optional(),
          tool_calls: z
            .array(z.strictObject({ id: z.string().min(1), type: z.literal("function"), function: functionCall }))
            .min(1)
            .optional(),
          function_call: functionCall.optional(),
        }),
        logprobs: z.null(),
        finish_reason: finishReason,
      }),
    )
    .min(1),
  usage: usage.optional(),
});

const toolCallDelta = z.strictObject({
  index: count,
  id: z.string().min(1).optional(),
  type: z.literal("function").optional(),
  function: z.strictObject({ name: z.string().min(1).optional(), arguments: z.string() }),
});

export const chatChunk = z.strictObject({
  ...head,
  id: z.string().startsWith("chatcmpl-"),
  object: z.literal("chat.completion.chunk"),
  obfuscation: z.string().optional(),
  choices: z.array(
    z.strictObject({
      index: count,
      delta: z.strictObject({
        role: z.literal("assistant").optional(),
        content: z.string().nullable().optional(),
        refusal: z.null().optional(),
        reasoning_content: z.string().min(1).optional(),
        tool_calls: z.array(toolCallDelta).min(1).optional(),
        function_call: z.strictObject({ name: z.string().min(1).optional(), arguments: z.string() }).optional(),
      }),
      logprobs: z.null(),
      finish_reason: finishReason.nullable(),
    }),
  ),
  usage: usage.nullable().optional(),
});
export type ChatChunk = z.infer<typeof chatChunk>;
export type ChatChunkChoice = ChatChunk["choices"][number];

const textHead = { ...head, id: z.string().startsWith("cmpl-"), object: z.literal("text_completion") };
const textFinishReason = z.enum(["stop", "length", "content_filter"]);
const textChoice = { text: z.string(), index: count, logprobs: z.null() };

export const textCompletion = z.strictObject({
  ...textHead,
  choices: z.array(z.strictObject({ ...textChoice, finish_reason: textFinishReason })).min(1),
  usage: usage.optional(),
});

export const textChunk = z.strictObject({
  ...textHead,
  choices: z.array(z.strictObject({ ...textChoice, finish_reason: textFinishReason.nullable() })),
  usage: usage.nullable().optional(),
});

/** All four members, always. */
export const errorEnvelope = z.strictObject({
  error: z.strictObject({
    message: z.string().min(1),
    type: z.string().min(1),
    param: z.string().nullable(),
    code: z.string().nullable(),
  }),
});

export function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** The complaints of a schema about a value, each with the place it is about. */
export function problemsOf(schema: z.ZodType, value: unknown): string[] {
  const result = schema.safeParse(value);
  return result.success ? [] : result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
}
