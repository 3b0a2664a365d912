import type { ModelEntry } from "../models/model.ts";
import { refuseOtherTasks } from "../models/task.ts";
import type { ChatRequest } from "../openai/chat-request.ts";
import type { Constraints, ToConstraints } from "./constraints.ts";
import type { ModelCall } from "./inputs.ts";
import { toUpstreamMessages } from "./messages.ts";
import type { UpstreamMessage } from "./messages.ts";
import { needsConstraints } from "./needed-parts.ts";
import { measureMessages, toLimitInput, toOutputLimit } from "./output-limit.ts";
import type { RequestedLimit } from "./output-limit.ts";
import type { ParameterTreatment } from "./parameter-report.ts";
import { toReasoningInputs, toThinkingForm } from "./reasoning.ts";
import { toSamplingInputs } from "./sampling.ts";
import { toToolForm } from "./tool-form.ts";
import { applyUnserved, unservedByChat } from "./unserved.ts";

const unconstrained: Constraints = {
  inputs: {},
  instructions: [],
  mustRunWhole: false,
  isJson: false,
  salvage: undefined,
  toRequirement: () => undefined,
};

/**
 * A chat completion request as calls of one model, one for each choice. With a seed every choice gets its own, or all
 * of them would be the same answer. `toConstraints` is needed where `needsConstraints` says so.
 */
export function toChatCalls(
  request: ChatRequest,
  entry: ModelEntry,
  toConstraints: ToConstraints | undefined,
): readonly ModelCall[] {
  if (toConstraints === undefined && needsConstraints(request)) throw new TypeError("Constraints without their part.");
  const first = toChatCall(request, entry, toConstraints);
  const { n = 1, seed } = request;
  if (n === 1) return [first];
  return Array.from({ length: n }, (_, choice) =>
    choice === 0 || seed === undefined ? first : toChatCall({ ...request, seed: seed + choice }, entry, toConstraints),
  );
}

/** Throws a `GatewayError` that names what the model cannot do. */
function toChatCall(request: ChatRequest, entry: ModelEntry, toConstraints: ToConstraints | undefined): ModelCall {
  const report = new Map<string, ParameterTreatment>();
  refuseOtherTasks(entry, ["text-generation", "moderation"]);
  applyUnserved(unservedByChat, request, entry, report);
  const constraints = toConstraints?.(request, entry, report) ?? unconstrained;
  const messages = withInstructions(toUpstreamMessages(request.messages, entry), constraints.instructions);
  const size = measureMessages(messages, constraints.inputs["tools"]);
  const maxTokens = toOutputLimit(size, readLimit(request), entry, report);
  const takesStop = entry.wireFormat === "openai";
  const inputs = {
    messages,
    ...constraints.inputs,
    ...toSamplingInputs(request, entry, report),
    ...toReasoningInputs(request.reasoning_effort, entry, report),
    ...(request.stop !== undefined && takesStop && { stop: request.stop }),
    ...(request.logprobs === true && { logprobs: true, top_logprobs: request.top_logprobs ?? 0 }),
    ...(request.raw !== undefined && { raw: request.raw }),
    ...(request.lora !== undefined && { lora: request.lora }),
    ...toLimitInput(maxTokens, entry),
    stream: request.stream === true && !constraints.mustRunWhole,
  };
  reportEmulated(request, entry, report);
  const call: ModelCall = {
    inputs,
    subject: "messages",
    promptTokens: size.estimate,
    maxTokens,
    stop: takesStop ? [] : (request.stop ?? []),
    singleToolCall: request.parallel_tool_calls === false || toToolForm(request).isLegacy,
    salvage: constraints.salvage,
    thinking: toThinkingForm(entry, constraints.isJson),
    wantsLogprobs: request.logprobs === true,
    parameters: report,
  };
  const whole = withRequirement(call, constraints);
  if (readLimit(request) !== undefined) return whole;
  function withLowerLimit(): ModelCall {
    const lower = Math.floor(maxTokens / 2);
    // The requirement is made anew: a second try of the lowered call keeps the lower limit.
    const lowered = { ...call, maxTokens: lower, inputs: { ...inputs, ...toLimitInput(lower, entry) } };
    return withRequirement(lowered, constraints);
  }
  return { ...whole, withLowerLimit };
}

function withRequirement(call: ModelCall, { toRequirement }: Constraints): ModelCall {
  const requirement = toRequirement(call);
  return requirement === undefined ? call : { ...call, requirement };
}

function readLimit(request: ChatRequest): RequestedLimit | undefined {
  if (request.max_completion_tokens !== undefined) {
    return { parameter: "max_completion_tokens", tokens: request.max_completion_tokens };
  }
  return request.max_tokens === undefined ? undefined : { parameter: "max_tokens", tokens: request.max_tokens };
}

/** What the model is told goes behind the caller's own system message, or before the conversation. */
function withInstructions(messages: UpstreamMessage[], instructions: readonly string[]): UpstreamMessage[] {
  if (instructions.length === 0) return messages;
  const text = instructions.join("\n\n");
  const [first, ...rest] = messages;
  if (first?.role === "system" && typeof first.content === "string") {
    return [{ ...first, content: `${first.content}\n\n${text}` }, ...rest];
  }
  return [{ role: "system", content: text }, ...messages];
}

/** What the gateway does itself, or leaves out because another parameter says the same. */
function reportEmulated(request: ChatRequest, entry: ModelEntry, report: Map<string, ParameterTreatment>): void {
  if ((request.n ?? 1) > 1) report.set("n", "emulated");
  if (request.stop !== undefined && entry.wireFormat !== "openai") report.set("stop", "emulated");
  if (request.parallel_tool_calls === false && entry.wireFormat !== "openai") {
    report.set("parallel_tool_calls", "emulated");
  }
  if (request.max_tokens !== undefined && request.max_completion_tokens !== undefined)
    report.set("max_tokens", "ignored");
  if ((request.top_logprobs ?? 0) > 0 && request.logprobs !== true) report.set("top_logprobs", "ignored");
  if (request.tools === undefined) return;
  if (request.functions !== undefined) report.set("functions", "ignored");
  if (request.function_call !== undefined) report.set("function_call", "ignored");
}
