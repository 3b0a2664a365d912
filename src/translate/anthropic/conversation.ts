import type {
  ContentBlock,
  DocumentBlock,
  ImageBlock,
  Message,
  TextBlock,
  ToolResultBlock,
} from "../../anthropic/content-block.ts";
import type { Prompt } from "../../anthropic/messages-request.ts";
import { GatewayError } from "../../errors.ts";
import type { AssistantMessage, ChatMessage, UserContent } from "../../openai/chat-message.ts";

type UserPart = Exclude<UserContent, string>[number];
type TextPart = Extract<UserPart, { type: "text" }>;

/**
 * A conversation of the Messages API as chat messages. The system prompt comes first; each tool result becomes a
 * message of its own, and images that a result brings go into the user's message behind it, where models look for them.
 */
export function toChatMessages({ system, messages }: Prompt): ChatMessage[] {
  refuseUnanswered(messages);
  const prompt = system === undefined || system.length === 0 ? [] : [toSystemMessage(system)];
  return [...prompt, ...messages.flatMap((message, index) => toMessages(message, `messages[${index}].content`))];
}

function toMessages({ role, content }: Message, param: string): ChatMessage[] {
  switch (role) {
    case "system":
      return [toSystemMessage(typeof content === "string" ? content : content.map(toTextBlock(param)))];
    case "user":
      return typeof content === "string" ? [{ role, content, name: undefined }] : toUserMessages(content, param);
    case "assistant":
      return [typeof content === "string" ? toSaid(content) : toAssistantMessage(content, param)];
    default:
      return role satisfies never;
  }
}

function toSystemMessage(content: string | readonly Pick<TextBlock, "text">[]): ChatMessage {
  const text = typeof content === "string" ? content : content.map((block) => block.text).join("\n\n");
  return { role: "system", content: text, name: undefined };
}

function toTextBlock(param: string): (block: ContentBlock, position: number) => Pick<TextBlock, "text"> {
  return (block, position) => {
    if (block.type === "text") return block;
    throw misplaced(block.type, "a system message", `${param}[${position}]`);
  };
}

function toUserMessages(blocks: readonly ContentBlock[], param: string): ChatMessage[] {
  const results: ChatMessage[] = [];
  const parts: UserPart[] = [];
  for (const [position, block] of blocks.entries()) {
    const path = `${param}[${position}]`;
    switch (block.type) {
      case "text":
      case "image":
      case "document":
      case "search_result":
        parts.push(toUserPart(block, path));
        break;
      case "tool_result": {
        const shown = toResultParts(block, `${path}.content`);
        results.push({ role: "tool", tool_call_id: block.tool_use_id, content: toResultText(block, shown) });
        parts.push(...shown.filter(({ type }) => type !== "text"));
        break;
      }
      case "tool_use":
      case "thinking":
      case "redacted_thinking":
        throw misplaced(block.type, "a user message", path);
      default:
        block satisfies never;
    }
  }
  return parts.length === 0 && results.length > 0
    ? results
    : [...results, { role: "user", content: toUserContent(parts), name: undefined }];
}

/** Text alone stays text: not every reader of parts takes a list of none. */
function toUserContent(parts: UserPart[]): UserContent {
  return parts.length === 0 ? "" : parts;
}

type ShownBlock = Extract<ContentBlock, { type: "text" | "image" | "document" | "search_result" }>;

function toUserPart(block: ShownBlock, path: string): UserPart {
  switch (block.type) {
    case "text":
      return toTextPart(block.text);
    case "image":
      return { type: "image_url", image_url: { url: toImageUrl(block, path), detail: undefined } };
    case "document":
      return toTextPart(toDocumentText(block, path));
    case "search_result":
      return toTextPart([block.title, block.source, ...block.content.map(({ text }) => text)].join("\n"));
    default:
      return block satisfies never;
  }
}

function toTextPart(text: string): TextPart {
  return { type: "text", text };
}

/** An image that is named by its URL is fetched before a model is asked. */
function toImageUrl({ source }: ImageBlock, path: string): string {
  switch (source.type) {
    case "base64":
      return `data:${source.media_type};base64,${source.data}`;
    case "url":
      return source.url;
    case "file":
      throw unread(path, "there are no stored files");
    default:
      return source satisfies never;
  }
}

function toDocumentText({ source, title, context }: DocumentBlock, path: string): string {
  const about = [title, context].filter((text) => text !== undefined);
  switch (source.type) {
    case "text":
      return [...about, source.data].join("\n");
    case "content": {
      const { content } = source;
      return [...about, ...(typeof content === "string" ? [content] : content.map(({ text }) => text))].join("\n");
    }
    case "base64":
    case "url":
    case "file":
      throw unread(path, "models read documents only as text");
    default:
      return source satisfies never;
  }
}

function toResultParts({ content = [] }: ToolResultBlock, param: string): UserPart[] {
  if (typeof content === "string") return [toTextPart(content)];
  return content.map((block, position) =>
    block.type === "tool_reference" ? toTextPart(block.tool_name) : toUserPart(block, `${param}[${position}]`),
  );
}

/** That a call failed has no member of its own in a chat; the model is told in words. */
function toResultText({ is_error: isError }: ToolResultBlock, parts: readonly UserPart[]): string {
  const text = parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
  return isError === true ? `Error: ${text}` : text;
}

/** What the assistant said, without anything beside it. */
function toSaid(content: string): AssistantMessage {
  return {
    role: "assistant",
    content,
    name: undefined,
    refusal: undefined,
    tool_calls: undefined,
    function_call: undefined,
    reasoning_content: undefined,
    reasoning: undefined,
  };
}

function toAssistantMessage(blocks: readonly ContentBlock[], param: string): AssistantMessage {
  const texts: string[] = [];
  const thoughts: string[] = [];
  const calls: NonNullable<AssistantMessage["tool_calls"]> = [];
  for (const [position, block] of blocks.entries()) {
    switch (block.type) {
      case "text":
        texts.push(block.text);
        break;
      case "thinking":
        if (block.thinking !== "") thoughts.push(block.thinking);
        break;
      case "redacted_thinking":
        // Encrypted for Anthropic's own models: nobody else can read it.
        break;
      case "tool_use":
        calls.push({
          id: block.id,
          type: "function",
          function: { name: block.name, arguments: JSON.stringify(block.input) },
        });
        break;
      case "image":
      case "document":
      case "search_result":
      case "tool_result":
        throw misplaced(block.type, "an assistant message", `${param}[${position}]`);
      default:
        block satisfies never;
    }
  }
  return {
    ...toSaid(texts.join("\n")),
    tool_calls: calls.length === 0 ? undefined : calls,
    reasoning_content: thoughts.length === 0 ? undefined : thoughts.join("\n"),
  };
}

/** Every tool call of the history needs its result: models go astray otherwise, and some engines refuse it. */
function refuseUnanswered(messages: readonly Message[]): void {
  const answered = new Set(
    messages
      .flatMap(({ content }) => (typeof content === "string" ? [] : content))
      .flatMap((block) => (block.type === "tool_result" ? [block.tool_use_id] : [])),
  );
  for (const [index, { content }] of messages.entries()) {
    if (typeof content === "string") continue;
    const missing = content.flatMap((block) =>
      block.type === "tool_use" && !answered.has(block.id) ? [block.id.slice(0, 64)] : [],
    );
    if (missing.length === 0) continue;
    const message = `messages[${index}]: 'tool_use' ids were found without 'tool_result' blocks after them: ${missing.join(", ")}.`;
    throw new GatewayError("invalid_request", message, { param: `messages[${index}].content` });
  }
}

function misplaced(type: ContentBlock["type"], place: string, param: string): GatewayError {
  return new GatewayError("invalid_value", `Invalid value for '${param}': ${place} holds no '${type}' block.`, {
    param,
  });
}

function unread(path: string, reason: string): GatewayError {
  const param = `${path}.source.type`;
  return new GatewayError("invalid_value", `Invalid value for '${param}': ${reason}.`, { param });
}
