import { GatewayError } from "../errors.ts";
import type { ModelEntry } from "../models/model.ts";
import type { ChatRequest } from "../openai/chat-request.ts";
import type { CompletionRequest } from "../openai/completion-request.ts";
import type { ParameterTreatment } from "./parameter-report.ts";

/**
 * The parameters that Workers AI cannot serve. What would change the form of an answer is refused, since a client that
 * asked for it would look for it in vain; what leaves an answer what it is, only without the wished effect, is ignored
 * and named.
 */
export interface UnservedParameter<Request> {
  readonly name: string;
  readonly treatment: "ignored" | "refused";
  /** Why, as half a sentence. */
  readonly reason: string;
  /** Whether this request asks this model for it. */
  readonly isAsked: (request: Request, entry: ModelEntry) => boolean;
}

const noLogprobs = "only models with OpenAI's inputs report log probabilities";

function hasNoLogprobs({ wireFormat }: ModelEntry): boolean {
  return wireFormat !== "openai";
}

const foreignTokens = "token ids are those of OpenAI's own models";
const notStored = "chat completions are not stored";
const notOffered = "Workers AI has nothing like it";

/** What requests of both kinds of conversation may say. */
interface ConversationRequest {
  readonly moderation: unknown;
  readonly prompt_cache_options: unknown;
  readonly prompt_cache_retention: unknown;
  readonly safety_identifier: unknown;
  readonly service_tier: unknown;
}

/** Without effect in chat completions and in responses alike. */
export const unservedByConversations: readonly UnservedParameter<ConversationRequest>[] = [
  {
    name: "moderation",
    treatment: "ignored",
    reason: notOffered,
    isAsked: ({ moderation }) => moderation !== undefined,
  },
  {
    name: "prompt_cache_options",
    treatment: "ignored",
    reason: "the upstream decides what it caches",
    isAsked: (request) => request.prompt_cache_options !== undefined,
  },
  {
    name: "prompt_cache_retention",
    treatment: "ignored",
    reason: "the upstream decides what it caches",
    isAsked: (request) => request.prompt_cache_retention !== undefined,
  },
  {
    name: "safety_identifier",
    treatment: "ignored",
    reason: "nothing is reported to anybody",
    isAsked: (request) => request.safety_identifier !== undefined,
  },
  {
    name: "service_tier",
    treatment: "ignored",
    reason: "there is one tier; `auto` and `default` ask for it",
    isAsked: ({ service_tier: tier }) => tier !== undefined && tier !== "auto" && tier !== "default",
  },
];

export const unservedByChat: readonly UnservedParameter<ChatRequest>[] = [
  {
    name: "logprobs",
    treatment: "refused",
    reason: noLogprobs,
    isAsked: ({ logprobs }, entry) => logprobs === true && hasNoLogprobs(entry),
  },
  {
    name: "top_logprobs",
    treatment: "refused",
    reason: noLogprobs,
    isAsked: ({ top_logprobs: top }, entry) => (top ?? 0) > 0 && hasNoLogprobs(entry),
  },
  {
    name: "audio",
    treatment: "refused",
    reason: "chat models do not speak",
    isAsked: ({ audio }) => audio !== undefined,
  },
  {
    name: "modalities",
    treatment: "refused",
    reason: "chat models do not speak",
    isAsked: ({ modalities }) => modalities?.includes("audio") === true,
  },
  {
    name: "logit_bias",
    treatment: "ignored",
    reason: foreignTokens,
    isAsked: ({ logit_bias: bias }) => isFilled(bias),
  },
  { name: "metadata", treatment: "ignored", reason: notStored, isAsked: ({ metadata }) => isFilled(metadata) },
  { name: "store", treatment: "ignored", reason: notStored, isAsked: ({ store }) => store === true },
  {
    name: "prediction",
    treatment: "ignored",
    reason: "it only makes OpenAI's models faster",
    isAsked: ({ prediction }) => prediction !== undefined,
  },
  ...unservedByConversations,
  {
    name: "verbosity",
    treatment: "ignored",
    reason: "models do not know it; `medium` asks for nothing",
    isAsked: ({ verbosity }) => verbosity !== undefined && verbosity !== "medium",
  },
  {
    name: "web_search_options",
    treatment: "ignored",
    reason: "models do not search the web",
    isAsked: (request) => request.web_search_options !== undefined,
  },
];

export const unservedByCompletions: readonly UnservedParameter<CompletionRequest>[] = [
  {
    name: "best_of",
    treatment: "refused",
    reason: "the best is told by log probabilities, which only models with OpenAI's inputs report",
    isAsked: (request, entry) => countCopies(request) > (request.n ?? 1) && hasNoLogprobs(entry),
  },
  {
    name: "logprobs",
    treatment: "refused",
    reason: noLogprobs,
    isAsked: ({ logprobs }, entry) => logprobs !== undefined && hasNoLogprobs(entry),
  },
  {
    name: "suffix",
    treatment: "refused",
    reason: "only models that have learnt to fill in text can use it",
    isAsked: ({ suffix }, { abilities }) => suffix !== undefined && suffix !== "" && abilities.fillIn === undefined,
  },
  {
    name: "logit_bias",
    treatment: "ignored",
    reason: foreignTokens,
    isAsked: ({ logit_bias: bias }) => isFilled(bias),
  },
];

/** How often each prompt is completed, to show the `n` best of them. */
export function countCopies({ n = 1, best_of: bestOf = n }: CompletionRequest): number {
  return Math.max(n, bestOf);
}

/** Refuses what has to be refused and reports what is ignored. */
export function applyUnserved<Request>(
  table: readonly UnservedParameter<Request>[],
  request: Request,
  entry: ModelEntry,
  report: Map<string, ParameterTreatment>,
): void {
  for (const { name, treatment, reason, isAsked } of table) {
    if (!isAsked(request, entry)) continue;
    if (treatment === "refused") {
      const message = `Unsupported parameter: '${name}' with the model '${entry.id}': ${reason}.`;
      throw new GatewayError("unsupported_parameter", message, { param: name });
    }
    report.set(name, "ignored");
  }
}

/** An empty object asks for nothing. */
function isFilled(value: unknown): boolean {
  return typeof value === "object" && value !== null ? Object.keys(value).length > 0 : value !== undefined;
}
