import type { ErrorKind } from "../errors.ts";

/** What one of Workers AI's error numbers means for a caller of ours. */
export interface UpstreamErrorEntry {
  readonly kind: ErrorKind;
  /** Written for the caller. */
  readonly message: string;
  /** The upstream's own description is the useful part and is safe to show: it takes the place of the message. */
  readonly showsDescription?: true;
  readonly param?: string;
  readonly retryable?: true;
}

const REFUSED = "Workers AI refused the request.";
const NO_CAPACITY = "The model is out of capacity at the moment; try again shortly.";
const QUOTA_SPENT = "The Workers AI allowance of this account is spent for today; it is renewed at 00:00 UTC.";

/**
 * Workers AI's error numbers: those of its published errors page and those that are only seen in the field.
 * A number that is missing here is judged by its HTTP status alone; it gets no meaning that nobody has established.
 */
export const upstreamErrors: ReadonlyMap<number, UpstreamErrorEntry> = new Map<number, UpstreamErrorEntry>([
  [1001, { kind: "invalid_request", message: REFUSED, showsDescription: true }],
  [1031, { kind: "misconfigured", message: "Workers AI did not accept the gateway's own credentials." }],
  [2008, { kind: "upstream_failed", message: "The AI Gateway in front of Workers AI refused the provider." }],
  [2021, { kind: "upstream_failed", message: "The AI Gateway in front of Workers AI has no balance for this model." }],
  [3001, { kind: "upstream_internal", message: "Workers AI had an internal error.", retryable: true }],
  [3003, { kind: "internal", message: "The gateway sent Workers AI an incomplete request." }],
  [3006, { kind: "body_too_large", message: "The request is too large for the model." }],
  [3007, { kind: "upstream_timeout", message: "The model did not answer in time.", retryable: true }],
  [3008, { kind: "upstream_failed", message: "Workers AI aborted the request.", retryable: true }],
  [3010, { kind: "invalid_request", message: REFUSED, showsDescription: true }],
  [3023, { kind: "permission_denied", message: "Workers AI is blocked for the account of this gateway." }],
  [3030, { kind: "content_refused", message: "Workers AI refused the content of the request." }],
  [3036, { kind: "quota_spent", message: QUOTA_SPENT }],
  [3039, { kind: "invalid_request", message: "The fine-tune lacks files that Workers AI needs.", param: "lora" }],
  [3040, { kind: "out_of_capacity", message: NO_CAPACITY, retryable: true }],
  [3041, { kind: "model_not_allowed", message: "The account of this gateway may not use this model.", param: "model" }],
  [3042, { kind: "model_not_found", message: "Workers AI does not know this model.", param: "model" }],
  [3043, { kind: "upstream_internal", message: "Workers AI had an inference error.", retryable: true }],
  [3046, { kind: "upstream_timeout", message: "The model did not answer in time.", retryable: true }],
  [4006, { kind: "quota_spent", message: QUOTA_SPENT }],
  [5004, { kind: "invalid_request", message: "Workers AI could not decode the base64 data in the request." }],
  [5005, { kind: "invalid_request", message: "The model does not support LoRA fine-tunes.", param: "lora" }],
  [5006, { kind: "invalid_request", message: REFUSED, showsDescription: true }],
  [5007, { kind: "model_not_found", message: "Workers AI does not know this model.", param: "model" }],
  [
    5016,
    {
      kind: "model_agreement_required",
      message: "The licence of this model has to be agreed to in the Cloudflare account first.",
      param: "model",
    },
  ],
  [5018, { kind: "model_not_allowed", message: "The account of this gateway may not use this model.", param: "model" }],
  [5019, { kind: "internal", message: "Workers AI no longer supports the interface that the gateway uses." }],
  [
    5021,
    {
      kind: "context_length_exceeded",
      message: "Prompt and answer together are longer than the model's context window.",
      showsDescription: true,
      param: "messages",
    },
  ],
  [
    5023,
    {
      kind: "invalid_request",
      message: "The model cannot stream an answer that follows a JSON schema.",
      param: "response_format",
    },
  ],
  [
    5024,
    {
      kind: "json_mode_failed",
      message: "The model's answer did not meet the requested JSON format.",
      retryable: true,
    },
  ],
  [
    5025,
    { kind: "unsupported_parameter", message: "The model does not support JSON schemas.", param: "response_format" },
  ],
  [
    5028,
    { kind: "model_not_found", message: "Workers AI has retired this model.", showsDescription: true, param: "model" },
  ],
  [5035, { kind: "plan_required", message: "The model needs a Workers Paid plan.", param: "model" }],
  [7000, { kind: "internal", message: "The gateway called a Workers AI route that does not exist." }],
  [7003, { kind: "internal", message: "The gateway called a Workers AI route that does not exist." }],
  [7009, { kind: "upstream_failed", message: "Workers AI is not available at the moment.", retryable: true }],
  [8001, { kind: "invalid_request", message: REFUSED, showsDescription: true }],
  [8006, { kind: "invalid_request", message: REFUSED, showsDescription: true, param: "tool_choice" }],
  [8007, { kind: "invalid_request", message: REFUSED, showsDescription: true }],
  [8008, { kind: "upstream_internal", message: "Workers AI had an internal error.", retryable: true }],
  [10000, { kind: "misconfigured", message: "Workers AI did not accept the gateway's own credentials." }],
]);
