import type * as z from "zod/mini";
import { object } from "../config/reader.ts";
import {
  boolean,
  either,
  jsonObject,
  list,
  oneOf,
  optional,
  reference,
  tagged,
  text,
  unread,
} from "../openai/schema.ts";

/**
 * The content of a message of Anthropic's Messages API: text, or blocks. Blocks of the tools that run on Anthropic's own
 * servers are not among them: nobody here runs those.
 */

/** A wish about Anthropic's prompt cache, which may stand on any block. */
const cached = { cache_control: unread };

const textBlock = object({ type: oneOf("text"), text, ...cached });

const imageSource = tagged("type", {
  base64: object({
    type: oneOf("base64"),
    media_type: oneOf("image/jpeg", "image/png", "image/gif", "image/webp"),
    data: reference,
  }),
  url: object({ type: oneOf("url"), url: reference }),
  file: object({ type: oneOf("file") }),
});

const imageBlock = object({ type: oneOf("image"), source: imageSource, ...cached });

/** Sources of documents that are not read: their types are enough to say so. */
const unreadSource = object({ type: oneOf("base64", "url", "file") });

const documentBlock = object({
  type: oneOf("document"),
  source: tagged("type", {
    text: object({ type: oneOf("text"), data: text }),
    content: object({ type: oneOf("content"), content: either(text, list(textBlock)) }),
    base64: unreadSource,
    url: unreadSource,
    file: unreadSource,
  }),
  title: optional(text),
  context: optional(text),
  ...cached,
});

const searchResultBlock = object({
  type: oneOf("search_result"),
  content: list(textBlock),
  source: text,
  title: text,
  ...cached,
});

const toolUseBlock = object({
  type: oneOf("tool_use"),
  id: reference,
  name: reference,
  input: jsonObject,
  ...cached,
});

const toolResultContent = either(
  text,
  list(
    tagged("type", {
      text: textBlock,
      image: imageBlock,
      document: documentBlock,
      search_result: searchResultBlock,
      tool_reference: object({ type: oneOf("tool_reference"), tool_name: text }),
    }),
  ),
);

const toolResultBlock = object({
  type: oneOf("tool_result"),
  tool_use_id: reference,
  content: optional(toolResultContent),
  is_error: optional(boolean),
  ...cached,
});

const thinkingBlock = object({ type: oneOf("thinking"), thinking: text });
const redactedThinkingBlock = object({ type: oneOf("redacted_thinking") });

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

export const systemPrompt = either(text, list(textBlock));

export const message = object({
  role: oneOf("user", "assistant", "system"),
  content: either(text, list(contentBlock)),
});

export type Message = z.infer<typeof message>;
export type ContentBlock = z.infer<typeof contentBlock>;
export type TextBlock = z.infer<typeof textBlock>;
export type ImageBlock = z.infer<typeof imageBlock>;
export type DocumentBlock = z.infer<typeof documentBlock>;
export type ToolResultBlock = z.infer<typeof toolResultBlock>;
