import { salvageToolCalls } from "../completion/salvage-tool-calls.ts";
import { isRecord } from "../json.ts";
import type { JsonRecord } from "../json.ts";
import type { ModelEntry } from "../models/model.ts";
import type { ChatRequest } from "../openai/chat-request.ts";
import type { AnswerRequirement, ModelCall } from "./inputs.ts";
import type { CreateJsonCheck } from "./json-check.ts";
import type { ParameterTreatment } from "./parameter-report.ts";
import { requireJson, requireToolCall } from "./requirement.ts";
import { toJsonPlan } from "./response-format.ts";
import type { JsonPlan } from "./response-format.ts";
import { toToolPlan } from "./tools.ts";
import type { ToolPlan } from "./tools.ts";

/**
 * What the tools of a request and its `response_format` ask of a call and of its answer. Chats that ask for neither are
 * translated without this module and what it imports, which a Worker that starts need not evaluate.
 */
export interface Constraints {
  readonly inputs: JsonRecord;
  /** What the model is told, where it has no input for it. */
  readonly instructions: readonly string[];
  /** The model cannot stream: it is run whole. */
  readonly mustRunWhole: boolean;
  /** The answer is to be JSON. */
  readonly isJson: boolean;
  readonly salvage: ModelCall["salvage"];
  /** What the answer of a call with these inputs has to be, where it is looked at before it is given on. */
  readonly toRequirement: (call: ModelCall) => AnswerRequirement | undefined;
}

/** The constraints of a request with one model. Throws a `GatewayError` that names what the model cannot do. */
export type ToConstraints = (
  request: ChatRequest,
  entry: ModelEntry,
  report: Map<string, ParameterTreatment>,
) => Constraints;

/** `createCheck` is needed where `needsJsonCheck` says so. */
export function createConstraints(createCheck: CreateJsonCheck | undefined): ToConstraints {
  return (request, entry, report) => {
    const tools = toToolPlan(request, entry, report);
    const json = toJsonPlan(request.response_format, entry, request.stream === true, report, createCheck);
    return {
      inputs: { ...tools.inputs, ...json?.inputs },
      instructions: [tools.instruction, json?.instruction].filter((instruction) => instruction !== undefined),
      mustRunWhole: json?.mustRunWhole === true,
      isJson: json !== undefined,
      salvage: toSalvage(tools),
      toRequirement: (call) => toRequirement(call, tools, json, entry),
    };
  };
}

function toSalvage({ offered }: ToolPlan): ModelCall["salvage"] {
  if (offered.length === 0) return undefined;
  const tools = offered.map(({ name, parameters }) => ({ name, parameterNames: toParameterNames(parameters) }));
  return (stream, mintId) => salvageToolCalls(stream, tools, mintId);
}

/** In the order of the schema: what a call with positional arguments means. */
function toParameterNames({ properties }: JsonRecord): readonly string[] {
  return isRecord(properties) ? Object.keys(properties) : [];
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
