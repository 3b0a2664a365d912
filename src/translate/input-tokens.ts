import type { ModelEntry } from "../models/model.ts";
import type { ChatRequest } from "../openai/chat-request.ts";
import { toUpstreamMessages } from "./messages.ts";
import { measureMessages } from "./output-limit.ts";
import { toToolPlan } from "./tools.ts";

/** How many tokens a chat is for a model, as far as it can be told without asking the model: an estimate. */
export function estimateInputTokens(chat: ChatRequest, entry: ModelEntry): number {
  const { inputs, instruction } = toToolPlan(chat, entry, new Map());
  const told = instruction === undefined ? [] : [{ role: "system", content: instruction }];
  const messages = [...toUpstreamMessages(chat.messages, entry), ...told];
  return Math.ceil(measureMessages(messages, inputs["tools"]).estimate);
}
