import type { Message } from "../../anthropic/content-block.ts";
import type { MessagesRequest } from "../../anthropic/messages-request.ts";
import { GatewayError } from "../../errors.ts";
import type { ModelEntry } from "../../models/model.ts";
import { toChatCalls } from "../chat-inputs.ts";
import { createConstraints } from "../constraints.ts";
import type { ModelCall } from "../inputs.ts";
import { createJsonCheck } from "../json-check.ts";
import type { ParameterReport, ParameterTreatment } from "../parameter-report.ts";
import { applyUnserved } from "../unserved.ts";
import { toChatRequest } from "./chat-request.ts";
import { unservedByMessages } from "./unserved.ts";

const toConstraints = createConstraints(createJsonCheck);

/** A request of the Messages API as calls of one model. Throws a `GatewayError` that names what the model cannot do. */
export function toMessageCalls(request: MessagesRequest, entry: ModelEntry): readonly ModelCall[] {
  refuseUnreadImages(request.messages, entry);
  return callsOf(request, entry).map((call) => ({ ...call, parameters: toReport(call.parameters, request, entry) }));
}

function callsOf(request: MessagesRequest, entry: ModelEntry): readonly ModelCall[] {
  try {
    return toChatCalls(toChatRequest(request, entry), entry, toConstraints);
  } catch (error) {
    throw error instanceof GatewayError ? inOwnWords(error, request) : error;
  }
}

/** A chat's names of members, where the Messages API has others. */
function toOwnName(param: string, request: MessagesRequest): string {
  if (param.startsWith("response_format")) {
    const own = request.output_format === undefined ? "output_config.format" : "output_format";
    return param.replace(/^response_format(?:\.json_schema)?/, own);
  }
  switch (param) {
    case "stop":
      return "stop_sequences";
    case "parallel_tool_calls":
      return "tool_choice.disable_parallel_tool_use";
    case "reasoning_effort":
      return isEffortAsked(request) ? "output_config.effort" : "thinking";
    default:
      return param;
  }
}

function inOwnWords(error: GatewayError, request: MessagesRequest): GatewayError {
  const { kind, message, param } = error;
  const own = param === undefined ? undefined : toOwnName(param, request);
  if (param === undefined || own === undefined || own === param) return error;
  return new GatewayError(kind, message.replaceAll(param, own), { param: own, cause: error });
}

/** What became of the parameters, under the names that the caller used. */
function toReport(chat: ParameterReport, request: MessagesRequest, entry: ModelEntry): ParameterReport {
  const report = new Map<string, ParameterTreatment>();
  applyUnserved(unservedByMessages, request, entry, report);
  for (const [param, treatment] of chat) report.set(toOwnName(param, request), treatment);
  // A budget in tokens is met as far as a level of the model's comes near it.
  if (request.thinking?.type === "enabled" && entry.abilities.reasoning !== undefined)
    report.set("thinking", "adjusted");
  return report;
}

/** Whether how much to think was said by a level, and not by `thinking`. */
function isEffortAsked({ thinking, output_config: output }: MessagesRequest): boolean {
  return thinking?.type !== "disabled" && output?.effort !== undefined;
}

/** Before the conversation is translated: there, images stand elsewhere. */
export function refuseUnreadImages(messages: readonly Message[], entry: ModelEntry): void {
  if (entry.abilities.vision) return;
  const param = findImage(messages);
  if (param === undefined) return;
  const message = `Invalid value for '${param}.type': the model '${entry.id}' does not read images.`;
  throw new GatewayError("invalid_value", message, { param: `${param}.type` });
}

function findImage(messages: readonly Message[]): string | undefined {
  for (const [index, { content }] of messages.entries()) {
    if (typeof content === "string") continue;
    for (const [position, block] of content.entries()) {
      const path = `messages[${index}].content[${position}]`;
      if (block.type === "image") return path;
      if (block.type !== "tool_result" || typeof block.content !== "object") continue;
      const inner = block.content.findIndex(({ type }) => type === "image");
      if (inner !== -1) return `${path}.content[${inner}]`;
    }
  }
  return undefined;
}
