import { GatewayError } from "../errors.ts";
import type { ModelEntry } from "../models/model.ts";
import type { ChatRequest } from "../openai/chat-request.ts";
import type { ModelCall } from "./inputs.ts";
import { toUpstreamMessages } from "./messages.ts";
import type { UpstreamMessage } from "./messages.ts";
import { estimatePromptTokens, toDefaultOutputLimit, toOutputLimit } from "./output-limit.ts";
import type { ParameterTreatment } from "./parameter-report.ts";
import { toReasoningInputs } from "./reasoning.ts";
import { toResponseFormatInputs } from "./response-format.ts";
import { toSamplingInputs } from "./sampling.ts";
import { toToolInputs, usesLegacyFunctions } from "./tools.ts";

/** A chat completion request as a call of one model. Throws a `GatewayError` that names what the model cannot do. */
export function toChatCall(request: ChatRequest, entry: ModelEntry): ModelCall {
  const report = new Map<string, ParameterTreatment>();
  refuseUnservable(request, entry);
  const tools = toToolInputs(request, entry, report);
  const format = toResponseFormatInputs(request.response_format, entry);
  const messages = withInstruction(toUpstreamMessages(request.messages, entry), tools.instruction);
  const maxTokens = readOutputLimit(request, entry, messages, tools.inputs["tools"], report);
  const takesStop = entry.wireFormat === "openai";
  if (request.stop !== undefined && !takesStop) report.set("stop", "emulated");
  const inputs = {
    messages,
    ...tools.inputs,
    ...format.inputs,
    ...toSamplingInputs(request, entry, report),
    ...toReasoningInputs(request.reasoning_effort, entry, report),
    ...(request.stop !== undefined && takesStop && { stop: request.stop }),
    ...(request.raw !== undefined && { raw: request.raw }),
    ...(request.lora !== undefined && { lora: request.lora }),
    [entry.wireFormat === "openai" ? "max_completion_tokens" : "max_tokens"]: maxTokens,
    stream: request.stream === true && !format.mustRunWhole,
  };
  reportIgnored(request, report);
  const singleToolCall = request.parallel_tool_calls === false || usesLegacyFunctions(request);
  if (request.parallel_tool_calls === false && entry.wireFormat !== "openai")
    report.set("parallel_tool_calls", "emulated");
  return { inputs, maxTokens, stop: takesStop ? [] : (request.stop ?? []), singleToolCall, parameters: report };
}

function readOutputLimit(
  request: ChatRequest,
  entry: ModelEntry,
  messages: readonly UpstreamMessage[],
  tools: unknown,
  report: Map<string, ParameterTreatment>,
): number {
  if (request.max_completion_tokens !== undefined) {
    return toOutputLimit(request.max_completion_tokens, "max_completion_tokens", entry, report);
  }
  if (request.max_tokens !== undefined) return toOutputLimit(request.max_tokens, "max_tokens", entry, report);
  return toDefaultOutputLimit(estimatePromptTokens(messages, tools), entry);
}

/** What the model is told goes behind the caller's own system message, or before the conversation. */
function withInstruction(messages: UpstreamMessage[], instruction: string | undefined): UpstreamMessage[] {
  if (instruction === undefined) return messages;
  const [first, ...rest] = messages;
  if (first?.role === "system" && typeof first.content === "string") {
    return [{ ...first, content: `${first.content}\n\n${instruction}` }, ...rest];
  }
  return [{ role: "system", content: instruction }, ...messages];
}

/** What would change the form of the answer cannot be ignored: a client that asked would look for it in vain. */
function refuseUnservable(request: ChatRequest, entry: ModelEntry): void {
  if ((request.n ?? 1) > 1) throw unsupported("n", "the gateway gives one choice per request");
  if (request.logprobs === true || (request.top_logprobs ?? 0) > 0) {
    throw unsupported(
      request.logprobs === true ? "logprobs" : "top_logprobs",
      `the model '${entry.id}' reports no log probabilities`,
    );
  }
  if (request.audio !== undefined || request.modalities?.includes("audio") === true) {
    throw unsupported(request.audio === undefined ? "modalities" : "audio", `the model '${entry.id}' does not speak`);
  }
}

function unsupported(param: string, reason: string): GatewayError {
  return new GatewayError("unsupported_parameter", `Unsupported parameter: '${param}': ${reason}.`, { param });
}

/** Parameters that leave an answer what it is, only without the wished effect. */
function reportIgnored(request: ChatRequest, report: Map<string, ParameterTreatment>): void {
  const ignored = {
    logit_bias: request.logit_bias !== undefined,
    metadata: request.metadata !== undefined,
    moderation: request.moderation !== undefined,
    prediction: request.prediction !== undefined,
    prompt_cache_options: request.prompt_cache_options !== undefined,
    prompt_cache_retention: request.prompt_cache_retention !== undefined,
    safety_identifier: request.safety_identifier !== undefined,
    // The tiers that ask for nothing special are what Workers AI gives.
    service_tier:
      request.service_tier !== undefined && request.service_tier !== "auto" && request.service_tier !== "default",
    store: request.store === true,
    verbosity: request.verbosity !== undefined && request.verbosity !== "medium",
    web_search_options: request.web_search_options !== undefined,
  };
  for (const [parameter, isIgnored] of Object.entries(ignored)) if (isIgnored) report.set(parameter, "ignored");
  if (request.max_completion_tokens !== undefined && request.max_tokens !== undefined)
    report.set("max_tokens", "ignored");
}
