import type { CompactedResponse, ResponseUsage } from "openai/resources/responses/responses";
import type { Completion } from "../completion/collect.ts";
import { GatewayError } from "../errors.ts";
import type { ChatMessage } from "../openai/chat-message.ts";
import type { ChatRequest } from "../openai/chat-request.ts";
import { createItemId } from "../openai/ids.ts";
import type { InputItem } from "../openai/responses-item.ts";
import type { CompactRequest } from "../openai/responses-request.ts";
import type { AnswerIdentity } from "./answer-identity.ts";
import { toCompactionContent } from "./compaction.ts";
import { toResponseUsage } from "./response-resource.ts";
import { emptyChat } from "./responses-chat.ts";
import { toConversation } from "./responses-conversation.ts";
import { toItemList, toStoredItems } from "./stored-items.ts";

const TASK = `You compact conversations between a user and an assistant. Write a summary from which the assistant can go on
as if it had read everything: what the user wants, decisions and their reasons, facts, names, numbers, code and results
of tools that still matter, what is done and what is left to do. Write only the summary.`;

/**
 * The request that has a model sum up a conversation. The conversation is told as a text: calls and results stay
 * readable to models that know no tools, and the model is not tempted to go on with it.
 */
export function toCompactionChat(request: CompactRequest, history: readonly InputItem[]): ChatRequest {
  const { messages } = toConversation(undefined, history, request.input);
  if (messages.length === 0) {
    throw new GatewayError("missing_parameter", "Missing required parameter: 'input'.", { param: "input" });
  }
  const wishes = request.instructions === undefined ? "" : `The assistant's instructions:\n${request.instructions}\n\n`;
  const content = `${wishes}The conversation:\n\n${messages.map(toTranscript).join("\n\n")}`;
  return {
    ...emptyChat,
    model: request.model,
    models: request.models,
    messages: [
      { role: "system", content: TASK, name: undefined },
      { role: "user", content, name: undefined },
    ],
    prompt_cache_key: request.prompt_cache_key,
  };
}

function toTranscript(message: ChatMessage): string {
  const text = toText(message.content ?? "");
  const calls = "tool_calls" in message ? (message.tool_calls ?? []) : [];
  const called = calls.map((call) =>
    call.type === "custom"
      ? `[calls ${call.custom.name} with ${call.custom.input}]`
      : `[calls ${call.function.name} with ${call.function.arguments}]`,
  );
  const speaker = message.role === "tool" ? "result of a call" : message.role;
  return `${speaker}: ${[text, ...called].filter((line) => line !== "").join("\n")}`;
}

function toText(content: NonNullable<ChatMessage["content"]>): string {
  if (typeof content === "string") return content;
  return content
    .map((part) => ("text" in part ? part.text : "refusal" in part ? part.refusal : `[${part.type}]`))
    .join("\n");
}

/** A compacted conversation as it is sent; `usage` is null where the upstream told none. */
export type CompactionResource = Omit<CompactedResponse, "output" | "usage"> & {
  readonly output: readonly object[];
  readonly usage: ResponseUsage | null;
};

/**
 * What takes the conversation's place in the next request: what people said, word for word, and the summary in place
 * of all that the assistant said and did. Throws where the model has not summed it up to the end.
 */
export function toCompactionResource(
  items: string | readonly InputItem[] | undefined,
  history: readonly InputItem[],
  completion: Completion | undefined,
  { id, created }: AnswerIdentity,
): CompactionResource {
  if (completion === undefined || completion.finishReason !== "stop" || completion.text.trim() === "") {
    throw new GatewayError("upstream_failed", "The model did not sum up the conversation to its end.");
  }
  const said = toStoredItems([...history, ...toItemList(items)], id).filter(
    (item) => item.type === "message" && item.role !== "assistant",
  );
  const encrypted_content = toCompactionContent(completion.text);
  return {
    id,
    object: "response.compaction",
    created_at: created,
    output: [...said, { id: createItemId("cmp", id, 0), type: "compaction", encrypted_content }],
    usage: toResponseUsage(completion.usage),
  };
}
