import * as z from "zod/mini";
import { boolean, jsonObject, list, oneOf, optional, reference, tagged, text, unread } from "../openai/schema.ts";

/**
 * The content of a message of Anthropic's Messages API: text, or blocks. Blocks of the tools that run on Anthropic's own
 * servers are not among them: nobody here runs those.
 */

/** A wish about Anthropic's prompt cache, which may stand on any block. */
const cached = { cache_control: unread };

const textBlock = z.object({ type: z.literal("text"), text, ...cached });

const imageSource = tagged("type", {
  base64: z.object({
    type: z.literal("base64"),
    media_type: oneOf("image/jpeg", "image/png", "image/gif", "image/webp"),
    data: reference,
  }),
  url: z.object({ type: z.literal("url"), url: reference }),
  file: z.object({ type: z.literal("file") }),
});

const imageBlock = z.object({ type: z.literal("image"), source: imageSource, ...cached });

/** Sources of documents that are not read: their types are enough to say so. */
const unreadSource = z.object({ type: oneOf("base64", "url", "file") });

const documentBlock = z.object({
  type: z.literal("document"),
  source: tagged("type", {
    text: z.object({ type: z.literal("text"), data: text }),
    content: z.object({ type: z.literal("content"), content: z.union([text, list(textBlock)]) }),
    base64: unreadSource,
    url: unreadSource,
    file: unreadSource,
  }),
  title: optional(text),
  context: optional(text),
  ...cached,
});

const searchResultBlock = z.object({
  type: z.literal("search_result"),
  content: list(textBlock),
  source: text,
  title: text,
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
  text,
  list(
    tagged("type", {
      text: textBlock,
      image: imageBlock,
      document: documentBlock,
      search_result: searchResultBlock,
      tool_reference: z.object({ type: z.literal("tool_reference"), tool_name: text }),
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

const thinkingBlock = z.object({ type: z.literal("thinking"), thinking: text });
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

export const systemPrompt = z.union([text, list(textBlock)]);

export const message = z.object({
  role: oneOf("user", "assistant", "system"),
  content: z.union([text, list(contentBlock)]),
});

export type Message = z.infer<typeof message>;
export type ContentBlock = z.infer<typeof contentBlock>;
export type TextBlock = z.infer<typeof textBlock>;
export type ImageBlock = z.infer<typeof imageBlock>;
export type DocumentBlock = z.infer<typeof documentBlock>;
export type ToolResultBlock = z.infer<typeof toolResultBlock>;
