import type { ResponsesRequest } from "../openai/responses-request.ts";
import { LOGPROBS } from "./responses-chat.ts";
import { unservedByConversations } from "./unserved.ts";
import type { UnservedParameter } from "./unserved.ts";

const noSummaries = "reasoning is shown as the model wrote it, in the item's `content`; nobody sums it up";
const ownReasoning = "models of Workers AI know nothing of it";

/** What of a Responses request Workers AI cannot serve; what chat requests say as well is found there. */
export const unservedByResponses: readonly UnservedParameter<ResponsesRequest>[] = [
  {
    name: "prompt",
    treatment: "refused",
    reason: "prompt templates are kept at OpenAI",
    isAsked: ({ prompt }) => prompt !== undefined,
  },
  {
    name: "top_logprobs",
    treatment: "ignored",
    reason: `without \`${LOGPROBS}\` in \`include\` no log probabilities are shown`,
    isAsked: ({ top_logprobs: top, include }) => (top ?? 0) > 0 && include?.includes(LOGPROBS) !== true,
  },
  {
    name: "text.verbosity",
    treatment: "ignored",
    reason: "models do not know it; `medium` asks for nothing",
    isAsked: ({ text }) => text?.verbosity !== undefined && text.verbosity !== "medium",
  },
  {
    name: "reasoning.summary",
    treatment: "ignored",
    reason: noSummaries,
    isAsked: ({ reasoning }) => reasoning?.summary !== undefined,
  },
  {
    name: "reasoning.generate_summary",
    treatment: "ignored",
    reason: noSummaries,
    isAsked: ({ reasoning }) => reasoning?.generate_summary !== undefined,
  },
  {
    name: "reasoning.context",
    treatment: "ignored",
    reason: ownReasoning,
    isAsked: ({ reasoning }) => reasoning?.context !== undefined,
  },
  {
    name: "reasoning.mode",
    treatment: "ignored",
    reason: ownReasoning,
    isAsked: ({ reasoning }) => reasoning?.mode !== undefined,
  },
  {
    name: "access_programs",
    treatment: "ignored",
    reason: "Workers AI has nothing like it",
    isAsked: (request) => request.access_programs !== undefined,
  },
  {
    name: "context_management",
    treatment: "ignored",
    reason: "a conversation is compacted where `POST /v1/responses/compact` asks for it",
    isAsked: (request) => request.context_management !== undefined,
  },
  {
    name: "image",
    treatment: "ignored",
    reason: "no tool makes images",
    isAsked: ({ image }) => image !== undefined,
  },
  ...unservedByConversations,
];
