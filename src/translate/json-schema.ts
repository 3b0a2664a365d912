import { Validator } from "@cfworker/json-schema";
import type { Schema } from "@cfworker/json-schema";
import { GatewayError } from "../errors.ts";
import { isRecord } from "../json.ts";
import type { JsonRecord } from "../json.ts";

/**
 * JSON schemas of `response_format`: the form in which native models take them, the way back from it, and the check of
 * an answer.
 */

/**
 * The schema without unions with null. Quirk(native, llama-3.3-70b-instruct-fp8-fast, 2026-08): a type such as
 * `["string", "null"]` fails every time, with error 5024 after seconds; so a member that may be null becomes one that
 * may be left out, and `restoreNulls` writes the null again; test "nullable members".
 */
export function withoutNullableUnions(schema: JsonRecord): JsonRecord {
  const copy: JsonRecord = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === "properties" || key === "$defs" || key === "definitions") copy[key] = mapMembers(value, toNonNullable);
    else if (key === "items" || key === "additionalProperties")
      copy[key] = isRecord(value) ? toNonNullable(value) : value;
    else if (key === "anyOf" || key === "oneOf" || key === "allOf" || key === "prefixItems")
      copy[key] = mapItems(value, toNonNullable);
    else copy[key] = value;
  }
  const { properties, required } = schema;
  if (isRecord(properties) && Array.isArray(required)) {
    copy["required"] = required.filter((name) => typeof name !== "string" || !isNullable(properties[name]));
  }
  return copy;
}

/** Writes null for the members that the original schema requires, lets be null, and the answer leaves out. */
export function restoreNulls(value: unknown, schema: unknown): unknown {
  if (!isRecord(schema)) return value;
  if (Array.isArray(value)) return value.map((item) => restoreNulls(item, schema["items"]));
  const properties = schema["properties"];
  if (!isRecord(value) || !isRecord(properties)) return value;
  const restored: JsonRecord = {};
  // In the schema's order, as models with strict schemas write them.
  for (const [name, member] of Object.entries(properties)) {
    if (Object.hasOwn(value, name)) restored[name] = restoreNulls(value[name], nonNullPart(member));
    else if (isRequired(schema, name) && isNullable(member)) restored[name] = null;
  }
  for (const [name, member] of Object.entries(value)) if (!Object.hasOwn(properties, name)) restored[name] = member;
  return restored;
}

export type JsonCheck = (value: unknown) => string | undefined;

/**
 * A check that says, in words for the model, what of a value does not follow the schema. Throws a `GatewayError` for a
 * schema that cannot be followed at all, before a model is asked to.
 */
export function createJsonCheck(schema: JsonRecord, param: string): JsonCheck {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- any JSON object is a schema to this validator
  const checked = toCheckedSchema(schema) as Schema;
  const check = (value: unknown): string | undefined => {
    const { valid, errors } = new Validator(checked, "7", false).validate(value);
    if (valid) return undefined;
    const worst = errors.toSorted((first, second) => second.instanceLocation.length - first.instanceLocation.length)[0];
    return worst === undefined ? "it does not follow the schema" : `at ${worst.instanceLocation}: ${worst.error}`;
  };
  try {
    check({});
  } catch (error) {
    const message = `Invalid value for '${param}': the JSON schema refers to itself without end, or to nothing.`;
    throw new GatewayError("invalid_value", message, { param, cause: error });
  }
  return check;
}

/**
 * The schema as far as it is checked. A pattern is the caller's text, and a pattern with nested repetition can keep the
 * processor busy for minutes over a short answer: such a one is left to the model.
 */
function toCheckedSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(toCheckedSchema);
  if (!isRecord(schema)) return schema;
  const copy: JsonRecord = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === "pattern" && typeof value === "string" && !isCheapPattern(value)) continue;
    if (key === "patternProperties" && isRecord(value) && !Object.keys(value).every(isCheapPattern)) continue;
    copy[key] = toCheckedSchema(value);
  }
  return copy;
}

/** No group is repeated, and at most two repetitions are without a bound: never worse than quadratic. */
function isCheapPattern(pattern: string): boolean {
  return pattern.length <= 256 && !/\)[*+?{]/.test(pattern) && (pattern.match(/[*+]|,\}/g) ?? []).length <= 2;
}

function toNonNullable(schema: unknown): unknown {
  const part = nonNullPart(schema);
  return isRecord(part) ? withoutNullableUnions(part) : part;
}

function isNullable(schema: unknown): boolean {
  if (!isRecord(schema)) return false;
  if (Array.isArray(schema["type"])) return schema["type"].includes("null");
  return readUnion(schema)?.some(isNullType) === true;
}

/** Of a union with null, the other part; where several are left, the union of them. */
function nonNullPart(schema: unknown): unknown {
  if (!isRecord(schema) || !isNullable(schema)) return schema;
  if (Array.isArray(schema["type"])) {
    const types = schema["type"].filter((type) => type !== "null");
    const values = Array.isArray(schema["enum"]) ? { enum: schema["enum"].filter((value) => value !== null) } : {};
    return { ...schema, ...values, type: types.length === 1 ? types[0] : types };
  }
  const { anyOf: _anyOf, oneOf: _oneOf, ...rest } = schema;
  const arms = readUnion(schema)?.filter((arm) => !isNullType(arm)) ?? [];
  return arms.length === 1 && isRecord(arms[0]) ? { ...rest, ...arms[0] } : { ...rest, anyOf: arms };
}

function readUnion(schema: JsonRecord): readonly unknown[] | undefined {
  const union = schema["anyOf"] ?? schema["oneOf"];
  return Array.isArray(union) ? union : undefined;
}

function isNullType(schema: unknown): boolean {
  return isRecord(schema) && schema["type"] === "null";
}

function isRequired(schema: JsonRecord, name: string): boolean {
  return Array.isArray(schema["required"]) && schema["required"].includes(name);
}

function mapMembers(value: unknown, map: (member: unknown) => unknown): unknown {
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, map(member)])) : value;
}

function mapItems(value: unknown, map: (item: unknown) => unknown): unknown {
  return Array.isArray(value) ? value.map(map) : value;
}
