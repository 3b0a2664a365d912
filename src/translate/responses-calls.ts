import type { ModelEntry } from "../models/model.ts";
import type { ResponsesRequest } from "../openai/responses-request.ts";
import { toChatCalls } from "./chat-inputs.ts";
import { createConstraints } from "./constraints.ts";
import type { ModelCall } from "./inputs.ts";
import { createJsonCheck } from "./json-check.ts";
import type { ParameterTreatment } from "./parameter-report.ts";
import { dropOldest } from "./responses-truncation.ts";
import { LOGPROBS } from "./responses-chat.ts";
import type { ResponsesChat } from "./responses-chat.ts";
import { toResponsesReport } from "./responses-names.ts";
import { toForeignTools } from "./responses-tools.ts";
import { hasNamespaces } from "./tool-namespaces.ts";
import { applyUnserved } from "./unserved.ts";
import { unservedByResponses } from "./unserved-responses.ts";

const toConstraints = createConstraints(createJsonCheck);

/** A Responses request, already made a chat, as the calls of one model. Errors still name the chat's members. */
export function toResponsesCalls(
  request: ResponsesRequest,
  { chat, leftOut }: ResponsesChat,
  entry: ModelEntry,
  isStored: boolean,
): readonly ModelCall[] {
  const report = new Map<string, ParameterTreatment>();
  applyUnserved(unservedByResponses, request, entry, report);
  ignore(report, "tools", toForeignTools(request.tools));
  if (hasNamespaces(request.tools)) report.set("tools.namespace", "emulated");
  ignore(report, "input", leftOut);
  ignore(
    report,
    "include",
    (request.include ?? []).filter((value) => value !== LOGPROBS),
  );
  if (request.store === true && !isStored) report.set("store", "ignored");
  const fitting = request.truncation === "auto" ? dropOldest(chat, entry) : chat;
  if (fitting !== chat) report.set("truncation", "emulated");
  return toChatCalls(fitting, entry, toConstraints).map((call) => ({
    ...call,
    parameters: new Map([...report, ...toResponsesReport(call.parameters)]),
  }));
}

/** Kinds are the caller's text, and the report becomes a header. */
const KIND = /^[\w.-]{1,64}$/;
const MOST_KINDS = 8;

/** Names what of a list was left out, kind by kind; the whole list where they are too many or have no plain name. */
function ignore(report: Map<string, ParameterTreatment>, parameter: string, kinds: readonly string[]): void {
  const different = new Set(kinds);
  const areNameable = different.size <= MOST_KINDS && [...different].every((kind) => KIND.test(kind));
  if (areNameable) for (const kind of different) report.set(`${parameter}.${kind}`, "ignored");
  else report.set(parameter, "ignored");
}
