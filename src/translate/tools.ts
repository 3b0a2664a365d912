import { GatewayError } from "../errors.ts";
import type { JsonRecord } from "../json.ts";
import type { ModelEntry } from "../models/model.ts";
import type { ChatRequest } from "../openai/chat-request.ts";
import type { ParameterTreatment } from "./parameter-report.ts";
import { readOffer } from "./tool-offer.ts";
import type { OfferedTool, ToolOffer } from "./tool-offer.ts";

/** How the tools of a request are met with one model. */
export interface ToolPlan {
  readonly inputs: JsonRecord;
  /** What the model is told, where it knows no `tool_choice`. */
  readonly instruction: string | undefined;
  /** The functions that the model may call. */
  readonly offered: readonly OfferedTool[];
  /** An answer without a call is none. */
  readonly mustCall: boolean;
}

const nothing: ToolPlan = { inputs: {}, instruction: undefined, offered: [], mustCall: false };

/**
 * Tools and tool choice for one model. An empty list is never sent (the upstream refuses it); a choice goes as it is to
 * models with OpenAI's inputs, and is emulated elsewhere: `none` withholds the tools, a named function is offered
 * alone, and that something has to be called is said in words.
 */
export function toToolPlan(request: ChatRequest, entry: ModelEntry, report: Map<string, ParameterTreatment>): ToolPlan {
  const offer = readOffer(request);
  if (offer.tools.length === 0) {
    if (offer.mode !== "required") return nothing;
    const param = offer.choiceParameter;
    throw new GatewayError("invalid_value", `Invalid value for '${param}': no tools are offered.`, { param });
  }
  // An unknown model may well call tools; both wire formats take them in this form.
  const callsTools = entry.abilities.tools || entry.wireFormat === "common";
  if (!callsTools && offer.mode !== "none") {
    const message = `Unsupported parameter: the model '${entry.id}' does not call tools.`;
    throw new GatewayError("unsupported_parameter", message, { param: offer.parameter });
  }
  if (offer.parameter === "functions" || request.tools?.some((tool) => tool.type === "custom") === true) {
    report.set(offer.parameter, "emulated");
  }
  if (entry.wireFormat !== "openai" && offer.mode !== "auto") report.set(offer.choiceParameter, "emulated");
  if (offer.mode === "none") return nothing;
  const plan = { offered: offer.tools, mustCall: offer.mode === "required" };
  if (entry.wireFormat === "openai") {
    return { ...plan, inputs: toOpenaiInputs(offer, request.parallel_tool_calls), instruction: undefined };
  }
  // Quirk(native, mistral-small-3.1-24b-instruct, 2026-07): tools are only called where the choice is named; test
  // "is named where a model needs it".
  const choice = entry.abilities.needsToolChoice ? { tool_choice: "auto" } : {};
  return { ...plan, inputs: { tools: offer.tools.map(toTool), ...choice }, instruction: toInstruction(offer) };
}

function toOpenaiInputs(offer: ToolOffer, parallel: boolean | undefined): JsonRecord {
  const [only] = offer.tools;
  // A named function is enforced by the engines; `required` is only advice to some of them, and means the same where
  // there is one function.
  const isNamed = only !== undefined && offer.tools.length === 1 && offer.mode === "required";
  return {
    tools: offer.tools.map(toTool),
    tool_choice: isNamed ? { type: "function", function: { name: only.name } } : offer.mode,
    ...(parallel !== undefined && { parallel_tool_calls: parallel }),
  };
}

function toInstruction(offer: ToolOffer): string | undefined {
  if (offer.mode !== "required") return undefined;
  const [only] = offer.tools;
  const what =
    only !== undefined && offer.tools.length === 1 ? `the function ${only.name}` : "one or more of the functions";
  return `Answer only by calling ${what}; do not answer in text.`;
}

function toTool({ name, description, parameters, strict }: OfferedTool): JsonRecord {
  return {
    type: "function",
    function: { name, description, parameters, ...(strict !== undefined && { strict }) },
  };
}
