import type { ToolCallFragment } from "../completion/tool-calls.ts";
import { isRecord } from "../json.ts";

/**
 * Reads the entries of a `tool_calls` array, in every form that Workers AI gives them: flat `{name, arguments}`, nested
 * `{id, type, function: {name, arguments}}`, arguments as an object or as text, and pieces of any of these.
 */
export function readToolCalls(value: unknown, isWholeAnswer: boolean): readonly ToolCallFragment[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map((entry) => {
    const call = isRecord(entry["function"]) ? entry["function"] : entry;
    const argumentsValue = call["arguments"] ?? call["parameters"];
    const name = readName(call["name"]);
    // Arguments that are not text were a whole document when the upstream parsed them.
    const isParsed = argumentsValue !== undefined && argumentsValue !== null && typeof argumentsValue !== "string";
    // Quirk(native and dual, all, 2026-07): a call is flat, and its arguments are parsed; that form is never sent in
    // pieces; fixture native-tool-flat.sse.
    const isFlat = call === entry && name !== undefined;
    return {
      index: typeof entry["index"] === "number" ? entry["index"] : undefined,
      id: readName(entry["id"]),
      name,
      argumentsText: readArguments(argumentsValue),
      whole: name !== undefined && (isWholeAnswer || isParsed || isFlat),
    };
  });
}

function readArguments(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}

function readName(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
