import * as z from "zod/mini";
import { boolean, jsonObject, list, optional, reference, tagged, unread } from "../openai/schema.ts";

/**
 * The content of a message of Anthropic's Messages API: text, or blocks. Blocks of the tools that run on Anthropic's own
 * servers are not among them: nobody here runs those.
 */

/** A wish about Anthropic's prompt cache, which may stand on any block. */
const cached = { cache_control: unread };

const textBlock = z.object({ type: z.literal("text"), text: z.string(), ...cached });

const imageSource = tagged("type", {
  base64: z.object({
    type: z.literal("base64"),
    media_type: z.literal(["image/jpeg", "image/png", "image/gif", "image/webp"]),
    data: reference,
  }),
  url: z.object({ type: z.literal("url"), url: reference }),
  file: z.object({ type: z.literal("file") }),
});

const imageBlock = z.object({ type: z.literal("image"), source: imageSource, ...cached });

/** Sources of documents that are not read: their types are enough to say so. */
const unreadSource = z.object({ type: z.literal(["base64", "url", "file"]) });

const documentBlock = z.object({
  type: z.literal("document"),
  source: tagged("type", {
    text: z.object({ type: z.literal("text"), data: z.string() }),
    content: z.object({ type: z.literal("content"), content: z.union([z.string(), list(textBlock)]) }),
    base64: unreadSource,
    url: unreadSource,
    file: unreadSource,
  }),
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
    tagged("type", {
      text: textBlock,
      image: imageBlock,
      document: documentBlock,
      search_result: searchResultBlock,
      tool_reference: z.object({ type: z.literal("tool_reference"), tool_name: z.string() }),
    }),
  ),
]);

const toolResultBlock = z.object({
  type: z.literal("tool_result"),
  tool_use_id: reference,
  content: optional(toolResultContent),
  is_error: optional(boolean),
  ...cached,
});

const thinkingBlock = z.object({ type: z.literal("thinking"), thinking: z.string() });
const redactedThinkingBlock = z.object({ type: z.literal("redacted_thinking") });

const contentBlock = tagged("type", {
  text: textBlock,
  image: imageBlock,
  document: documentBlock,
  search_result: searchResultBlock,
  tool_use: toolUseBlock,
  tool_result: toolResultBlock,
  thinking: thinkingBlock,
  redacted_thinking: redactedThinkingBlock,
});

export const systemPrompt = z.union([z.string(), list(textBlock)]);

export const message = z.object({
  role: z.literal(["user", "assistant", "system"]),
  content: z.union([z.string(), list(contentBlock)]),
});

export type Message = z.infer<typeof message>;
export type ContentBlock = z.infer<typeof contentBlock>;
export type TextBlock = z.infer<typeof textBlock>;
export type ImageBlock = z.infer<typeof imageBlock>;
export type DocumentBlock = z.infer<typeof documentBlock>;
export type ToolResultBlock = z.infer<typeof toolResultBlock>;
