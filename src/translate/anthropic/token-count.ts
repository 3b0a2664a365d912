import type { Prompt } from "../../anthropic/messages-request.ts";
import type { ModelEntry } from "../../models/model.ts";
import { toUpstreamMessages } from "../messages.ts";
import { measureMessages } from "../output-limit.ts";
import { toChatPrompt } from "./chat-request.ts";
import { refuseUnreadImages } from "./message-calls.ts";

/**
 * About how many tokens a prompt has for a model, tools included. It is the estimate with which the gateway judges
 * whether an answer fits into the window; Workers AI counts only what it runs.
 */
export function countTokens(prompt: Prompt, entry: ModelEntry): number {
  refuseUnreadImages(prompt.messages, entry);
  const { messages, tools } = toChatPrompt(prompt);
  return Math.ceil(measureMessages(toUpstreamMessages(messages, entry), tools).estimate);
}
