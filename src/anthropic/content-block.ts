import * as z from "zod/mini";
import { jsonObject, list, optional, reference, unread } from "../openai/schema.ts";

/**
 * The content of a message of Anthropic's Messages API: text, or blocks. Blocks of the tools that run on Anthropic's own
 * servers are not among them: nobody here runs those.
 */

/** A wish about Anthropic's prompt cache, which may stand on any block. */
const cached = { cache_control: unread };

const textBlock = z.object({ type: z.literal("text"), text: z.string(), ...cached });

const imageSource = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("base64"),
    media_type: z.enum(["image/jpeg", "image/png", "image/gif", "image/webp"]),
    data: reference,
  }),
  z.object({ type: z.literal("url"), url: reference }),
  z.object({ type: z.literal("file") }),
]);

const imageBlock = z.object({ type: z.literal("image"), source: imageSource, ...cached });

const documentBlock = z.object({
  type: z.literal("document"),
  source: z.discriminatedUnion("type", [
    z.object({ type: z.literal("text"), data: z.string() }),
    z.object({ type: z.literal("content"), content: z.union([z.string(), list(textBlock)]) }),
    z.object({ type: z.enum(["base64", "url", "file"]) }),
  ]),
  title: optional(z.string()),
  context: optional(z.string()),
  ...cached,
});

const searchResultBlock = z.object({
  type: z.literal("search_result"),
  content: list(textBlock),
  source: z.string(),
  title: z.string(),
  ...cached,
});

const toolUseBlock = z.object({
  type: z.literal("tool_use"),
  id: reference,
  name: reference,
  input: jsonObject,
  ...cached,
});

const toolResultContent = z.union([
  z.string(),
  list(
    z.discriminatedUnion("type", [
      textBlock,
      imageBlock,
      documentBlock,
      searchResultBlock,
      z.object({ type: z.literal("tool_reference"), tool_name: z.string() }),
    ]),
  ),
]);

const toolResultBlock = z.object({
  type: z.literal("tool_result"),
  tool_use_id: reference,
  content: optional(toolResultContent),
  is_error: optional(z.boolean()),
  ...cached,
});

const thinkingBlock = z.object({ type: z.literal("thinking"), thinking: z.string() });
const redactedThinkingBlock = z.object({ type: z.literal("redacted_thinking") });

const contentBlock = z.discriminatedUnion("type", [
  textBlock,
  imageBlock,
  documentBlock,
  searchResultBlock,
  toolUseBlock,
  toolResultBlock,
  thinkingBlock,
  redactedThinkingBlock,
]);

export const systemPrompt = z.union([z.string(), list(textBlock)]);

export const message = z.object({
  role: z.enum(["user", "assistant", "system"]),
  content: z.union([z.string(), list(contentBlock)]),
});

export type Message = z.infer<typeof message>;
export type ContentBlock = z.infer<typeof contentBlock>;
export type TextBlock = z.infer<typeof textBlock>;
export type ImageBlock = z.infer<typeof imageBlock>;
export type DocumentBlock = z.infer<typeof documentBlock>;
export type ToolResultBlock = z.infer<typeof toolResultBlock>;
