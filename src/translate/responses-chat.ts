import { GatewayError } from "../errors.ts";
import { chatRequest } from "../openai/chat-request.ts";
import type { ChatRequest, ResponseFormat } from "../openai/chat-request.ts";
import type { InputItem } from "../openai/responses-item.ts";
import type { ResponsesRequest, TextFormat } from "../openai/responses-request.ts";
import { toConversation } from "./responses-conversation.ts";
import type { Conversation } from "./responses-conversation.ts";
import { toChatTools } from "./responses-tools.ts";

/** A Responses request as the chat request that asks the same of a model. */
export interface ResponsesChat extends Omit<Conversation, "messages"> {
  readonly chat: ChatRequest;
}

/** Every member left out: what a Responses request has no word for. */
export const emptyChat: ChatRequest = chatRequest.parse({ model: "-", messages: [{ role: "user", content: "" }] });

export const LOGPROBS = "message.output_text.logprobs";

/** `history` are the items that stand before those of the request. Throws where there is nothing to answer. */
export function toResponsesChat(request: ResponsesRequest, history: readonly InputItem[]): ResponsesChat {
  const { messages, places, leftOut } = toConversation(request.instructions, history, request.input);
  if (messages.length === 0 || (request.input === undefined && history.length === 0)) {
    throw new GatewayError("missing_parameter", "Missing required parameter: 'input'.", { param: "input" });
  }
  const wantsLogprobs = request.include?.includes(LOGPROBS) === true;
  const chat: ChatRequest = {
    ...emptyChat,
    ...toChatTools(request),
    ...toSamplingMembers(request),
    model: request.model,
    models: request.models,
    messages: [...messages],
    max_completion_tokens: request.max_output_tokens,
    parallel_tool_calls: request.parallel_tool_calls,
    response_format: toResponseFormat(request.text?.format),
    reasoning_effort: request.reasoning?.effort,
    logprobs: wantsLogprobs ? true : undefined,
    top_logprobs: wantsLogprobs ? request.top_logprobs : undefined,
    stream: request.stream,
    user: request.user,
    prompt_cache_key: request.prompt_cache_key,
  };
  return { chat, places, leftOut };
}

function toSamplingMembers(request: ResponsesRequest) {
  const { temperature, top_p, seed, top_k, repetition_penalty, frequency_penalty, presence_penalty, raw, lora } =
    request;
  return { temperature, top_p, seed, top_k, repetition_penalty, frequency_penalty, presence_penalty, raw, lora };
}

function toResponseFormat(format: TextFormat | undefined): ResponseFormat | undefined {
  if (format?.type !== "json_schema") return format;
  const { name, description, schema, strict } = format;
  return { type: "json_schema", json_schema: { name, description, schema, strict } };
}
