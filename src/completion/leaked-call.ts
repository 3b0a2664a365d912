import { isRecord, parseJson } from "../json.ts";
import type { JsonRecord } from "../json.ts";
import { createBracketDepth } from "./bracket-depth.ts";
import { parsePythonCalls } from "./python-call.ts";

/** A tool that the model was offered. */
export interface OfferedTool {
  readonly name: string;
  /** The names of its parameters, in the order of its schema. */
  readonly parameterNames: readonly string[];
}

/** A tool call that a model wrote as text. */
export interface LeakedCall {
  readonly name: string;
  /** JSON text of an object. */
  readonly argumentsText: string;
}

/** Python encloses text in either quote; in JSON, where only one of them does, no other place has the other. */
export const QUOTES = "\"'";

const CALL_MEMBERS = new Set(["type", "id", "name", "function", "arguments", "parameters"]);

/**
 * Reads text that may be one call or several: JSON objects, lists of them, or Python calls, one after another.
 * `undefined` unless all of it is calls of tools that were offered.
 */
export function parseLeakedCalls(text: string, tools: readonly OfferedTool[]): readonly LeakedCall[] | undefined {
  const calls: LeakedCall[] = [];
  for (let position = skipBetween(text, 0); position < text.length; position = skipBetween(text, position)) {
    const end = createBracketDepth(QUOTES).feed(text, position);
    if (end === undefined) return undefined;
    const found = parseLeakedItem(text.slice(position, end), tools);
    if (found === undefined) return undefined;
    calls.push(...found);
    position = end;
  }
  return calls.length === 0 ? undefined : calls;
}

/** Reads one object, one list, or one Python call. */
export function parseLeakedItem(item: string, tools: readonly OfferedTool[]): readonly LeakedCall[] | undefined {
  const value = item.startsWith("{") || item.startsWith("[") ? parseJson(item) : undefined;
  if (value === undefined) return item.startsWith("{") ? undefined : parsePythonCalls(item, tools);
  const calls = (Array.isArray(value) ? value : [value]).map((entry) => toCall(entry, tools));
  return calls.length > 0 && calls.every((call) => call !== undefined) ? calls : undefined;
}

/** Reads the arguments of a call whose name stands elsewhere. */
export function parseLeakedArguments(text: string, tool: OfferedTool): LeakedCall | undefined {
  const argumentsText = toArgumentsText(text.trim() === "" ? {} : parseJson(text));
  return argumentsText === undefined ? undefined : { name: tool.name, argumentsText };
}

function toCall(value: unknown, tools: readonly OfferedTool[]): LeakedCall | undefined {
  if (!isRecord(value) || (value["type"] !== undefined && value["type"] !== "function")) return undefined;
  const call = isRecord(value["function"]) ? value["function"] : value;
  const tool = tools.find(({ name }) => name === call["name"]);
  if (tool === undefined) return undefined;
  const given = "arguments" in call ? call["arguments"] : call["parameters"];
  if (given === undefined) return toFlatCall(call, tool);
  // Whatever says more than a call does, a description for one, speaks of the tool and does not call it.
  if (Object.keys(call).some((key) => !CALL_MEMBERS.has(key)) || isSchema(given, tool)) return undefined;
  const argumentsText = toArgumentsText(given);
  return argumentsText === undefined ? undefined : { name: tool.name, argumentsText };
}

/**
 * Quirk(openai, gpt-oss, 2026-07): the arguments stand beside the name: `{"name": "f", "path": "…"}`. They are taken
 * for arguments where the tool has parameters of those names; fixture leaked-flat.sse.
 */
function toFlatCall(call: JsonRecord, { name, parameterNames }: OfferedTool): LeakedCall | undefined {
  const { name: _name, type, id: _id, ...rest } = call;
  const keys = Object.keys(rest);
  if (keys.some((key) => !parameterNames.includes(key))) return undefined;
  // A lone name is a call only where it says that it is one, or where there is nothing else to say.
  if (keys.length === 0 && type === undefined && parameterNames.length > 0) return undefined;
  return { name, argumentsText: JSON.stringify(rest) };
}

/** A tool that is described has a schema where a tool that is called has values. */
function isSchema(value: unknown, { parameterNames }: OfferedTool): boolean {
  return isRecord(value) && isRecord(value["properties"]) && !parameterNames.includes("properties");
}

function toArgumentsText(value: unknown): string | undefined {
  if (value === null) return "{}";
  // Quirk(native, granite-4.0-h-micro, 2026-07): arguments as the JSON text of the object; fixture leaked-text-arguments.sse.
  const decoded = typeof value === "string" ? parseJson(value) : value;
  return isRecord(decoded) ? JSON.stringify(decoded) : undefined;
}

/** White space and the separators that models put between calls. */
export function isBetweenCalls(character: string): boolean {
  return /[\s;,]/.test(character);
}

function skipBetween(text: string, from: number): number {
  let position = from;
  while (position < text.length && isBetweenCalls(text.charAt(position))) position += 1;
  return position;
}
