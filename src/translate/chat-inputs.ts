import { isRecord } from "../json.ts";
import type { JsonRecord } from "../json.ts";
import type { ModelEntry } from "../models/model.ts";
import { refuseOtherTasks } from "../models/task.ts";
import type { ChatRequest } from "../openai/chat-request.ts";
import type { AnswerRequirement, ModelCall } from "./inputs.ts";
import { toUpstreamMessages } from "./messages.ts";
import type { UpstreamMessage } from "./messages.ts";
import { measureMessages, toOutputLimit } from "./output-limit.ts";
import type { RequestedLimit } from "./output-limit.ts";
import type { ParameterTreatment } from "./parameter-report.ts";
import { toReasoningInputs, toThinkingForm } from "./reasoning.ts";
import { requireJson, requireToolCall } from "./requirement.ts";
import type { CreateJsonCheck } from "./json-check.ts";
import { toJsonPlan } from "./response-format.ts";
import type { JsonPlan } from "./response-format.ts";
import { toSamplingInputs } from "./sampling.ts";
import { toToolForm } from "./tool-offer.ts";
import { toToolPlan } from "./tools.ts";
import type { ToolPlan } from "./tools.ts";
import { applyUnserved, unservedByChat } from "./unserved.ts";

/**
 * A chat completion request as calls of one model, one for each choice. With a seed every choice gets its own, or all
 * of them would be the same answer. `createCheck` is needed where `needsJsonCheck` says so.
 */
export function toChatCalls(
  request: ChatRequest,
  entry: ModelEntry,
  createCheck: CreateJsonCheck | undefined,
): readonly ModelCall[] {
  const first = toChatCall(request, entry, createCheck);
  const { n = 1, seed } = request;
  return Array.from({ length: n }, (_, choice) =>
    choice === 0 || seed === undefined ? first : toChatCall({ ...request, seed: seed + choice }, entry, createCheck),
  );
}

/** Throws a `GatewayError` that names what the model cannot do. */
function toChatCall(request: ChatRequest, entry: ModelEntry, createCheck: CreateJsonCheck | undefined): ModelCall {
  const report = new Map<string, ParameterTreatment>();
  refuseOtherTasks(entry, ["text-generation", "moderation"]);
  applyUnserved(unservedByChat, request, entry, report);
  const isStreamed = request.stream === true;
  const tools = toToolPlan(request, entry, report);
  const json = toJsonPlan(request.response_format, entry, isStreamed, report, createCheck);
  const messages = withInstructions(toUpstreamMessages(request.messages, entry), [
    tools.instruction,
    json?.instruction,
  ]);
  const size = measureMessages(messages, tools.inputs["tools"]);
  const maxTokens = toOutputLimit(size, readLimit(request), entry, report);
  const limitName = entry.wireFormat === "openai" ? "max_completion_tokens" : "max_tokens";
  const takesStop = entry.wireFormat === "openai";
  const inputs = {
    messages,
    ...tools.inputs,
    ...json?.inputs,
    ...toSamplingInputs(request, entry, report),
    ...toReasoningInputs(request.reasoning_effort, entry, report),
    ...(request.stop !== undefined && takesStop && { stop: request.stop }),
    ...(request.logprobs === true && { logprobs: true, top_logprobs: request.top_logprobs ?? 0 }),
    ...(request.raw !== undefined && { raw: request.raw }),
    ...(request.lora !== undefined && { lora: request.lora }),
    [limitName]: maxTokens,
    stream: isStreamed && json?.mustRunWhole !== true,
  };
  reportEmulated(request, entry, report);
  const call: ModelCall = {
    inputs,
    subject: "messages",
    promptTokens: size.estimate,
    maxTokens,
    stop: takesStop ? [] : (request.stop ?? []),
    singleToolCall: request.parallel_tool_calls === false || toToolForm(request).isLegacy,
    tools: tools.offered.map(({ name, parameters }) => ({ name, parameterNames: toParameterNames(parameters) })),
    thinking: toThinkingForm(entry, json !== undefined),
    wantsLogprobs: request.logprobs === true,
    parameters: report,
  };
  const whole = withRequirement(call, tools, json, entry);
  if (readLimit(request) !== undefined) return whole;
  const lower = Math.floor(maxTokens / 2);
  // The requirement is made anew: a second try of the lowered call keeps the lower limit.
  const lowered = { ...call, maxTokens: lower, inputs: { ...inputs, [limitName]: lower } };
  return { ...whole, withLowerLimit: withRequirement(lowered, tools, json, entry) };
}

function withRequirement(call: ModelCall, tools: ToolPlan, json: JsonPlan | undefined, entry: ModelEntry): ModelCall {
  const requirement = toRequirement(call, tools, json, entry);
  return requirement === undefined ? call : { ...call, requirement };
}

function toRequirement(
  call: ModelCall,
  tools: ToolPlan,
  json: JsonPlan | undefined,
  entry: ModelEntry,
): AnswerRequirement | undefined {
  if (tools.mustCall) return requireToolCall(call, tools.offered, toForcedFormat(entry));
  return json?.settle === undefined ? undefined : requireJson(call, json.settle);
}

/** How the model's JSON mode is asked for, where it has one for schemas. */
function toForcedFormat(entry: ModelEntry): ((schema: JsonRecord) => JsonRecord) | undefined {
  switch (entry.abilities.jsonSchema) {
    case "none":
      return undefined;
    case "bare":
      return (schema) => ({ type: "json_schema", json_schema: schema });
    case "envelope":
      return (schema) => ({ type: "json_schema", json_schema: { name: "call", schema } });
    default:
      return entry.abilities.jsonSchema satisfies never;
  }
}

function readLimit(request: ChatRequest): RequestedLimit | undefined {
  if (request.max_completion_tokens !== undefined) {
    return { parameter: "max_completion_tokens", tokens: request.max_completion_tokens };
  }
  return request.max_tokens === undefined ? undefined : { parameter: "max_tokens", tokens: request.max_tokens };
}

/** What the model is told goes behind the caller's own system message, or before the conversation. */
function withInstructions(
  messages: UpstreamMessage[],
  instructions: readonly (string | undefined)[],
): UpstreamMessage[] {
  const text = instructions.filter((instruction) => instruction !== undefined).join("\n\n");
  if (text === "") return messages;
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

/** In the order of the schema: what a call with positional arguments means. */
function toParameterNames({ properties }: JsonRecord): readonly string[] {
  return isRecord(properties) ? Object.keys(properties) : [];
}
