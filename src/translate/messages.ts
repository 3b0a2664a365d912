import { GatewayError } from "../errors.ts";
import { isRecord, parseJson } from "../json.ts";
import type { JsonRecord } from "../json.ts";
import type { ModelEntry } from "../models/model.ts";
import { CUSTOM_INPUT } from "./tool-form.ts";
import type { AssistantMessage, ChatMessage, UserContent } from "../openai/chat-message.ts";

/** A message as Workers AI takes it. Content is never null or absent: its validator refuses both. */
export type UpstreamMessage = Readonly<JsonRecord> & { readonly role: string; readonly content: string | JsonRecord[] };

/**
 * A conversation in OpenAI's form as Workers AI's messages. Content is plain text wherever the model reads only text;
 * `developer` is `system`, which every model's template knows; the legacy `function` role is a tool result.
 */
export function toUpstreamMessages(messages: readonly ChatMessage[], entry: ModelEntry): UpstreamMessage[] {
  refuseUnanswered(messages);
  const translated = toMessages(messages, entry);
  return entry.abilities.systemFirst ? withSystemFirst(translated) : translated;
}

/** One message each, in the same order. */
function toMessages(messages: readonly ChatMessage[], entry: ModelEntry): UpstreamMessage[] {
  /** Names of the functions that the conversation has called, by call id: a tool result only brings the id. */
  const calledNames = new Map<string, string>();
  return messages.map((message, index): UpstreamMessage => {
    switch (message.role) {
      case "system":
      case "developer":
        return withName({ role: "system", content: joinText(message.content) }, message.name);
      case "user":
        return withName({ role: "user", content: toUserContent(message.content, entry, index) }, message.name);
      case "assistant":
        return toAssistantMessage(message, entry, index, calledNames);
      case "tool": {
        const name = calledNames.get(message.tool_call_id);
        return withName({ role: "tool", content: joinText(message.content), tool_call_id: message.tool_call_id }, name);
      }
      case "function":
        return {
          role: "tool",
          content: message.content ?? "",
          tool_call_id: toLegacyCallId(message.name),
          name: message.name,
        };
      default:
        return message satisfies never;
    }
  });
}

/**
 * Every tool call of the history needs its result: the upstream refuses the conversation otherwise, with an error that
 * does not say so. OpenAI's error for it does.
 */
function refuseUnanswered(messages: readonly ChatMessage[]): void {
  if (!messages.some((message) => message.role === "assistant" && message.tool_calls !== undefined)) return;
  const answered = new Set(messages.flatMap((message) => (message.role === "tool" ? [message.tool_call_id] : [])));
  for (const [index, message] of messages.entries()) {
    if (message.role !== "assistant") continue;
    const missing = (message.tool_calls ?? []).filter(({ id }) => !answered.has(id)).map(({ id }) => id.slice(0, 64));
    if (missing.length === 0) continue;
    const text =
      "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. " +
      `The following tool_call_ids did not have response messages: ${missing.join(", ")}`;
    throw new GatewayError("invalid_request", text, { param: `messages[${index}].tool_calls` });
  }
}

/** Quirk(openai, qwen3.8-27b, 2026-08): a system message that is not the first is refused; they become one; test "system first". */
function withSystemFirst(messages: readonly UpstreamMessage[]): UpstreamMessage[] {
  const system = messages.filter(({ role }) => role === "system");
  if (system.length === 0) return [...messages];
  const content = system.map((message) => (typeof message.content === "string" ? message.content : "")).join("\n\n");
  return [{ role: "system", content }, ...messages.filter(({ role }) => role !== "system")];
}

interface FunctionCall {
  readonly name: string;
  readonly arguments: string;
}

function toAssistantMessage(
  message: AssistantMessage,
  entry: ModelEntry,
  index: number,
  calledNames: Map<string, string>,
): UpstreamMessage {
  const legacy = message.function_call;
  const calls = [
    ...(message.tool_calls ?? []),
    ...(legacy === undefined ? [] : [{ id: toLegacyCallId(legacy.name), function: legacy }]),
  ].map(({ id, ...rest }) => {
    const call = "custom" in rest ? toCustomCall(rest.custom) : rest.function;
    calledNames.set(id, call.name);
    return { id, type: "function", function: { name: call.name, arguments: mendArguments(call.arguments) } };
  });
  // A refusal is what the assistant said in place of an answer.
  const content = message.content === undefined ? (message.refusal ?? "") : joinText(message.content);
  if (content === "" && calls.length === 0 && message.content === undefined && message.refusal === undefined) {
    const param = `messages[${index}].content`;
    throw new GatewayError("missing_parameter", `Missing required parameter: '${param}'.`, { param });
  }
  const reasoning = message.reasoning_content ?? message.reasoning;
  return withName(
    {
      role: "assistant",
      content,
      ...(calls.length > 0 && { tool_calls: calls }),
      // Reasoning goes back as a member of its own; merged into the content it garbles the next turn.
      ...(reasoning !== undefined && entry.abilities.reasoning !== undefined && { reasoning }),
    },
    message.name,
  );
}

/** The call of the function that stood for a custom tool. */
function toCustomCall({ name, input }: { readonly name: string; readonly input: string }): FunctionCall {
  return { name, arguments: JSON.stringify({ [CUSTOM_INPUT]: input }) };
}

/** Text parts are joined by line breaks, since no string can keep them apart; images stay parts. */
function toUserContent(content: UserContent, entry: ModelEntry, index: number): string | JsonRecord[] {
  if (typeof content === "string") return content;
  const parts = content.map((part, position): JsonRecord => {
    const param = `messages[${index}].content[${position}]`;
    switch (part.type) {
      case "text":
        return { type: "text", text: part.text };
      case "image_url":
        return { type: "image_url", image_url: { url: readImageUrl(part.image_url.url, entry, param) } };
      case "input_audio":
      case "file": {
        const message = `Invalid value for '${param}.type': the model '${entry.id}' does not read '${part.type}' parts.`;
        throw new GatewayError("invalid_value", message, { param: `${param}.type` });
      }
      default:
        return part satisfies never;
    }
  });
  if (parts.some((part) => part["type"] !== "text")) return parts;
  return joinText(content.flatMap((part) => (part.type === "text" ? [part] : [])));
}

function readImageUrl(url: string, entry: ModelEntry, param: string): string {
  if (!entry.abilities.vision) {
    const message = `Invalid value for '${param}.type': the model '${entry.id}' does not read images.`;
    throw new GatewayError("invalid_value", message, { param: `${param}.type` });
  }
  if (!/^data:image\/[a-z0-9.+-]{1,40};base64,/i.test(url.slice(0, 80))) {
    const message = `Invalid value for '${param}.image_url.url': expected a base64 data URL of an image.`;
    throw new GatewayError("invalid_value", message, { param: `${param}.image_url.url` });
  }
  return url;
}

interface TextPart {
  readonly type: "text" | "refusal";
  readonly text?: string;
  readonly refusal?: string;
}

function joinText(content: string | readonly TextPart[]): string {
  if (typeof content === "string") return content;
  return content.map((part) => part.text ?? part.refusal ?? "").join("\n");
}

/**
 * Arguments in the history have to be JSON, or some engines refuse the whole conversation (error 8007). A model may
 * have written otherwise: what it wrote is kept, inside an object.
 */
function mendArguments(argumentsText: string): string {
  if (argumentsText.trim() === "") return "{}";
  return isRecord(parseJson(argumentsText)) ? argumentsText : JSON.stringify({ arguments: argumentsText });
}

/** The legacy function form has no ids: call and result find each other by the function's name. */
function toLegacyCallId(name: string): string {
  return `call_${name}`;
}

function withName(message: UpstreamMessage, name: string | undefined): UpstreamMessage {
  return name === undefined ? message : { ...message, name };
}
