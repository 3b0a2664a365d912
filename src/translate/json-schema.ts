import { isRecord } from "../json.ts";
import type { JsonRecord } from "../json.ts";

/** JSON schemas of `response_format`: the form in which native models take them, and the way back from it. */

/**
 * The schema without unions with null. Quirk(native, llama-3.3-70b-instruct-fp8-fast, 2026-08): a type such as
 * `["string", "null"]` fails every time, with error 5024 after seconds; so a member that may be null becomes one that
 * may be left out, and `restoreNulls` writes the null again; test "nullable members".
 */
export function withoutNullableUnions(schema: JsonRecord, root: JsonRecord = schema): JsonRecord {
  const toPart = (member: unknown): unknown => toNonNullable(member, root);
  const copy: JsonRecord = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === "properties" || key === "$defs" || key === "definitions") copy[key] = mapMembers(value, toPart);
    else if (key === "items" || key === "additionalProperties") copy[key] = isRecord(value) ? toPart(value) : value;
    else if (key === "anyOf" || key === "oneOf" || key === "allOf" || key === "prefixItems")
      copy[key] = mapItems(value, toPart);
    else copy[key] = value;
  }
  const { properties, required } = schema;
  if (isRecord(properties) && Array.isArray(required)) {
    copy["required"] = required.filter(
      (name) => typeof name !== "string" || !isNullable(resolveReference(properties[name], root)),
    );
  }
  return copy;
}

/** Writes null for the members that the original schema requires, lets be null, and the answer leaves out. */
export function restoreNulls(value: unknown, original: unknown, root: unknown = original): unknown {
  // A reference may stand for a union with null, and be a part of one.
  const schema = nonNullPart(resolveReference(nonNullPart(resolveReference(original, root)), root));
  if (!isRecord(schema)) return value;
  if (Array.isArray(value)) return value.map((item) => restoreNulls(item, schema["items"], root));
  const properties = schema["properties"];
  if (!isRecord(value) || !isRecord(properties)) return value;
  const restored: [string, unknown][] = [];
  // In the schema's order, as models with strict schemas write them.
  for (const [name, member] of Object.entries(properties)) {
    if (Object.hasOwn(value, name)) restored.push([name, restoreNulls(value[name], member, root)]);
    else if (isRequired(schema, name) && isNullable(resolveReference(member, root))) restored.push([name, null]);
  }
  for (const [name, member] of Object.entries(value)) {
    if (!Object.hasOwn(properties, name)) restored.push([name, member]);
  }
  return Object.fromEntries(restored);
}

/** References lead from one definition to the next at times; more than this is a circle. */
const MAX_REFERENCES = 16;

/** What a reference into the same document stands for, as the client's schema helpers write it; any other schema itself. */
function resolveReference(schema: unknown, root: unknown): unknown {
  let found = schema;
  for (let count = 0; count < MAX_REFERENCES; count += 1) {
    const reference = isRecord(found) ? found["$ref"] : undefined;
    if (typeof reference !== "string" || !reference.startsWith("#")) return found;
    found = root;
    for (const step of reference.slice(1).split("/").slice(1)) {
      const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
      found = isRecord(found) && Object.hasOwn(found, name) ? found[name] : undefined;
    }
  }
  return undefined;
}

function toNonNullable(schema: unknown, root: JsonRecord): unknown {
  const part = nonNullPart(schema);
  return isRecord(part) ? withoutNullableUnions(part, root) : part;
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
