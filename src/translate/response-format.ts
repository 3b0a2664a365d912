import { isRecord, parseJson } from "../json.ts";
import type { JsonRecord } from "../json.ts";
import type { ModelEntry } from "../models/model.ts";
import type { ResponseFormat } from "../openai/chat-request.ts";
import type { CreateJsonCheck, JsonCheck } from "./json-check.ts";
import { restoreNulls, withoutNullableUnions } from "./json-schema.ts";
import { needsJsonCheck } from "./needed-parts.ts";
import type { ParameterTreatment } from "./parameter-report.ts";

/** How a request for JSON is met with one model. */
export interface JsonPlan {
  readonly inputs: JsonRecord;
  /** What the model is told, where it has no JSON mode. */
  readonly instruction: string | undefined;
  /** The model cannot stream in this mode: it is run whole. */
  readonly mustRunWhole: boolean;
  /**
   * Puts the text of an answer into its final form, or says what is wrong with it. Absent where the model's own mode is
   * relied on, because its answer is streamed as it comes.
   */
  readonly settle: ((text: string) => SettledJson) | undefined;
}

export type SettledJson = { readonly text: string } | { readonly problem: string };

const SCHEMA_PARAMETER = "response_format.json_schema.schema";

function need(createCheck: CreateJsonCheck | undefined): CreateJsonCheck {
  if (createCheck === undefined) throw new TypeError("A strict schema without its check.");
  return createCheck;
}

/** `response_format` for one model. `text` is the absence of a format: the upstream has no name for it. */
export function toJsonPlan(
  format: ResponseFormat | undefined,
  entry: ModelEntry,
  isStreamed: boolean,
  report: Map<string, ParameterTreatment>,
  createCheck: CreateJsonCheck | undefined,
): JsonPlan | undefined {
  if (format === undefined || format.type === "text") return undefined;
  const schema = format.type === "json_schema" ? (format.json_schema.schema ?? {}) : undefined;
  const check =
    schema !== undefined && needsJsonCheck(format) ? need(createCheck)(schema, SCHEMA_PARAMETER) : undefined;
  const isRewritten = entry.wireFormat !== "openai" && entry.abilities.jsonSchema !== "none";
  const settle = createSettle(schema, check, isRewritten);
  const hasMode = format.type === "json_object" ? hasJsonMode(entry) : entry.abilities.jsonSchema !== "none";
  if (!hasMode) {
    report.set("response_format", "emulated");
    return { inputs: {}, instruction: toInstruction(schema), mustRunWhole: false, settle };
  }
  // Error 5023: native models do not stream in JSON mode.
  if (entry.wireFormat !== "openai") {
    if (isStreamed) report.set("response_format", "emulated");
    return { inputs: { response_format: toNativeFormat(schema) }, instruction: undefined, mustRunWhole: true, settle };
  }
  const isChecked = check !== undefined || !isStreamed;
  const inputs = { response_format: toOpenaiFormat(format) };
  return { inputs, instruction: undefined, mustRunWhole: false, settle: isChecked ? settle : undefined };
}

function hasJsonMode(entry: ModelEntry): boolean {
  return entry.wireFormat === "openai" || entry.abilities.jsonSchema !== "none";
}

function toNativeFormat(schema: JsonRecord | undefined): JsonRecord {
  if (schema === undefined) return { type: "json_object" };
  return { type: "json_schema", json_schema: withoutNullableUnions(schema) };
}

function toOpenaiFormat(format: ResponseFormat): JsonRecord {
  if (format.type !== "json_schema") return { type: format.type };
  const { name, description, strict, schema } = format.json_schema;
  const envelope = {
    name,
    schema: schema ?? {},
    ...(description !== undefined && { description }),
    ...(strict !== undefined && { strict }),
  };
  return { type: "json_schema", json_schema: envelope };
}

function toInstruction(schema: JsonRecord | undefined): string {
  const what = "Answer only with one JSON object, without any text around it";
  return schema === undefined ? `${what}.` : `${what}. It has to follow this JSON schema:\n${JSON.stringify(schema)}`;
}

function createSettle(
  schema: JsonRecord | undefined,
  check: JsonCheck | undefined,
  isRewritten: boolean,
): (text: string) => SettledJson {
  return (text) => {
    const json = withoutFence(text.trim());
    const value = parseJson(json);
    if (value === undefined) return { problem: "it is not JSON" };
    if (schema === undefined && !isRecord(value)) return { problem: "it is not a JSON object" };
    const restored = isRewritten ? restoreNulls(value, schema) : value;
    const problem = check?.(restored);
    if (problem !== undefined) return { problem };
    // The model's own text is kept wherever nothing had to be added to it.
    return { text: JSON.stringify(restored) === JSON.stringify(value) ? json : JSON.stringify(restored) };
  };
}

/** Models without a JSON mode like to put their JSON into a code block. */
function withoutFence(text: string): string {
  if (!text.startsWith("```") || !text.endsWith("```")) return text;
  const firstLine = text.indexOf("\n");
  return firstLine === -1 ? text : text.slice(firstLine + 1, -3).trim();
}
