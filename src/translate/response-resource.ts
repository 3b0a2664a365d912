import type {
  Response as OpenaiResponse,
  ResponseOutputItem,
  ResponseUsage,
} from "openai/resources/responses/responses";
import type { Usage } from "../completion/event.ts";
import type { GatewayError } from "../errors.ts";
import { toErrorEnvelope, toErrorStatus } from "../openai/error-envelope.ts";
import type { ResponsesRequest } from "../openai/responses-request.ts";
import type { AnswerIdentity } from "./answer-identity.ts";
import { toShownChoice, toShownFormat, toShownTools } from "./response-echo.ts";
import type { ShownFormat } from "./response-echo.ts";
import type { CostReader } from "./usage.ts";

/** A response as it is sent: with what Open Responses adds to OpenAI's, and without what OpenAI's clients add. */
export interface ResponseResource extends Omit<OpenaiResponse, "output_text" | "usage" | "text"> {
  readonly usage: ResponseUsage | null;
  readonly text: { readonly format: ShownFormat; readonly verbosity: "low" | "medium" | "high" };
  readonly presence_penalty: number;
  readonly frequency_penalty: number;
  readonly store: boolean;
}

/** What of a response changes while it is answered. */
export type ResponseProgress = Pick<
  ResponseResource,
  "status" | "output" | "usage" | "error" | "incomplete_details" | "completed_at"
>;

/** What of a response stays the same from its first event to its last. */
export type ResponseFrame = Omit<ResponseResource, keyof ResponseProgress>;

export interface ResponseKeeping {
  readonly isStored: boolean;
  /** The conversation to which the response is added. */
  readonly conversation: string | undefined;
}

/**
 * The request as its response repeats it. What it left out is shown as OpenAI's default where the schema of Open
 * Responses has no null for it; a model's own default may differ.
 */
export function toResponseFrame(
  request: ResponsesRequest,
  { id, created, model }: AnswerIdentity,
  { isStored, conversation }: ResponseKeeping,
): ResponseFrame {
  return {
    id,
    object: "response",
    created_at: created,
    model,
    access_programs: null,
    background: request.background ?? false,
    ...(conversation !== undefined && { conversation: { id: conversation } }),
    frequency_penalty: request.frequency_penalty ?? 0,
    instructions: request.instructions ?? null,
    max_output_tokens: request.max_output_tokens ?? null,
    max_tool_calls: request.max_tool_calls ?? null,
    metadata: request.metadata ?? {},
    parallel_tool_calls: request.parallel_tool_calls ?? true,
    presence_penalty: request.presence_penalty ?? 0,
    previous_response_id: request.previous_response_id ?? null,
    prompt_cache_key: request.prompt_cache_key ?? null,
    reasoning: { effort: request.reasoning?.effort ?? null, summary: null },
    safety_identifier: request.safety_identifier ?? null,
    service_tier: "default",
    store: isStored,
    temperature: request.temperature ?? 1,
    text: { format: toShownFormat(request.text?.format), verbosity: request.text?.verbosity ?? "medium" },
    tool_choice: toShownChoice(request.tool_choice),
    tools: toShownTools(request.tools),
    top_logprobs: request.top_logprobs ?? 0,
    top_p: request.top_p ?? 1,
    truncation: request.truncation ?? "disabled",
    ...(request.user !== undefined && { user: request.user }),
  };
}

/** A response of which nothing has come yet. */
export const begun: ResponseProgress = {
  status: "in_progress",
  output: [],
  usage: null,
  error: null,
  incomplete_details: null,
  completed_at: null,
};

/** `reason` is why it is not complete. */
export function toEnded(
  output: ResponseOutputItem[],
  usage: Usage | undefined,
  reason: "max_output_tokens" | "content_filter" | undefined,
  readCost: CostReader | undefined,
): ResponseProgress {
  return {
    status: reason === undefined ? "completed" : "incomplete",
    output,
    usage: toResponseUsage(usage, readCost),
    error: null,
    incomplete_details: reason === undefined ? null : { reason },
    completed_at: reason === undefined ? Math.floor(Date.now() / 1000) : null,
  };
}

export function toFailed(output: ResponseOutputItem[], error: GatewayError): ResponseProgress {
  return { ...begun, status: "failed", output, error: { code: toErrorCode(error), message: error.message } };
}

export function toCancelled(output: ResponseOutputItem[]): ResponseProgress {
  return { ...begun, status: "cancelled", output };
}

/**
 * Usage in the words of this API; null where the upstream told none. Parts that it does not report are 0: the schemas
 * know no other way to say nothing of them.
 */
export function toResponseUsage(usage: Usage | undefined, readCost?: CostReader): ResponseUsage | null {
  if (usage === undefined) return null;
  const cost = readCost?.();
  return {
    input_tokens: usage.promptTokens,
    input_tokens_details: { cached_tokens: usage.cachedTokens ?? 0, cache_write_tokens: 0 },
    output_tokens: usage.completionTokens,
    output_tokens_details: { reasoning_tokens: usage.reasoningTokens ?? 0 },
    total_tokens: usage.totalTokens,
    ...(cost !== undefined && { cost: cost.dollars, neurons: cost.neurons }),
  };
}

/** A response's errors have codes of their own, of which three fit. */
function toErrorCode(error: GatewayError): "rate_limit_exceeded" | "invalid_prompt" | "server_error" {
  if (toErrorStatus(error.kind) === 429) return "rate_limit_exceeded";
  return toErrorEnvelope(error).error.type === "invalid_request_error" ? "invalid_prompt" : "server_error";
}
