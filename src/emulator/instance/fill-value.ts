import { arrayOf, isJsonObject, numberOf, objectOf, type JsonObject } from "../json-value.ts";
import { contentWords } from "../language/words.ts";
import type { Evidence } from "./evidence.ts";
import { findItems } from "./find-items.ts";
import { findBoolean, findEnumMember, mentions, singular } from "./mentions.ts";
import { findNumber, inventNumber } from "./fill-number.ts";
import { findString, inventString } from "./fill-string.ts";
import { resolveSchema, schemaType } from "./resolve-schema.ts";

/** What an instance is made from. */
interface Source {
  readonly evidence: Evidence;
  /** The whole schema, into which `$ref` points. */
  readonly root: JsonObject;
  /** Fill optional properties too when the message says nothing of them. */
  readonly complete: boolean;
}

interface Filling extends Source {
  /** Values that may still be made, before only what must be there is. */
  left: number;
}

// A schema that refers to itself is unrolled so far: where it may stop, and where it must.
const DEEPEST_OPTIONAL = 5;
const DEEPEST = 14;
const MOST_VALUES = 300;

/** A value that satisfies the schema, made of what the message says and, where it must be, invented. */
export function createInstance(schema: unknown, source: Source): unknown {
  return fillValue(schema, { ...source, left: MOST_VALUES }, "", 0);
}

function fillValue(schema: unknown, filling: Filling, name: string, depth: number): unknown {
  filling.left--;
  const resolved = resolveSchema(schema, filling.root);
  return findValue(resolved, filling, { name, depth, due: true }) ?? inventValue(resolved, filling, name, depth);
}

interface Place {
  readonly name: string;
  readonly depth: number;
  /** A value has to be found here, so weaker evidence will do. */
  readonly due: boolean;
}

function findValue(schema: JsonObject, filling: Filling, { name, depth, due }: Place): unknown {
  const { evidence } = filling;
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.enum)) return findEnumMember(schema.enum, evidence);
  switch (schemaType(schema) ?? "any") {
    case "string":
      return findString(name, schema, evidence, due);
    case "integer":
    case "number":
      return findNumber(name, schema, evidence, due);
    case "boolean":
      return findBoolean(name, evidence);
    case "object":
      return due || mentions(name, evidence) ? fillObject(schema, filling, depth) : undefined;
    case "array":
      return due || mentions(name, evidence) ? fillArray(schema, filling, name, depth) : undefined;
    default:
      return undefined;
  }
}

function inventValue(schema: JsonObject, filling: Filling, name: string, depth: number): unknown {
  if (schema.default !== undefined) return schema.default;
  const example = arrayOf(schema.examples)[0];
  if (example !== undefined) return example;
  if (Array.isArray(schema.enum)) return schema.enum[0] ?? null;
  switch (schemaType(schema) ?? "any") {
    case "integer":
    case "number":
      return inventNumber(schema);
    case "boolean":
      return true;
    case "null":
      return null;
    case "object":
      return fillObject(schema, filling, depth);
    case "array":
      return fillArray(schema, filling, name, depth);
    default:
      return inventString(name, schema, filling.evidence);
  }
}

function fillObject(schema: JsonObject, filling: Filling, depth: number): JsonObject {
  const properties = objectOf(schema.properties);
  const required = new Set(arrayOf(schema.required).filter((name) => typeof name === "string"));
  const values = new Map<string, unknown>();
  // The required ones take from the message first, whatever their place.
  const fixed = Object.keys(properties).filter((name) => required.has(name));
  const isSpent = depth > DEEPEST || filling.left <= 0;
  for (const name of fixed) {
    values.set(
      name,
      isSpent ? shallow(properties[name], filling) : fillValue(properties[name], filling, name, depth + 1),
    );
  }
  for (const [name, property] of Object.entries(properties)) {
    if (required.has(name) || depth >= DEEPEST_OPTIONAL || filling.left <= 0) continue;
    const resolved = resolveSchema(property, filling.root);
    const value = filling.complete
      ? fillValue(property, filling, name, depth + 1)
      : findValue(resolved, filling, { name, depth: depth + 1, due: false });
    if (value !== undefined) values.set(name, value);
  }
  if (Object.keys(properties).length === 0 && isJsonObject(schema.additionalProperties)) {
    const key = contentWords(filling.evidence.text)[0] ?? "key";
    values.set(key, fillValue(schema.additionalProperties, filling, key, depth + 1));
  }
  return Object.fromEntries(
    Object.keys(properties)
      .concat([...values.keys()])
      .filter((name) => values.has(name))
      .map((name) => [name, values.get(name)]),
  );
}

/** What ends a schema that would go on for ever. */
function shallow(schema: unknown, filling: Filling): unknown {
  const type = schemaType(resolveSchema(schema, filling.root));
  if (type === "object") return {};
  return type === "array" ? [] : fillValue(schema, filling, "", DEEPEST + 1);
}

function fillArray(schema: JsonObject, filling: Filling, name: string, depth: number): readonly unknown[] {
  const least = numberOf(schema.minItems) ?? 0;
  const most = numberOf(schema.maxItems) ?? Number.POSITIVE_INFINITY;
  if (Array.isArray(schema.prefixItems))
    return schema.prefixItems.map((item) => fillValue(item, filling, name, depth + 1));
  if (least === 0 && (depth >= DEEPEST_OPTIONAL || filling.left <= 0)) return [];
  if (depth > DEEPEST) return [];
  const item = resolveSchema(schema.items, filling.root);
  const found = findItems(item, filling.evidence, most);
  // An object is described once in a message, as a rule.
  const wanted = Math.min(Math.max(least, found.length === 0 ? 1 : 0), most);
  const items: unknown[] = [...found];
  const attempts = wanted + 20;
  for (let attempt = 0; items.length < wanted && attempt < attempts; attempt++) {
    const value = fillValue(item, filling, singular(name), depth + 1);
    items.push(schema.uniqueItems === true && items.includes(value) ? distinct(value, items.length + 1) : value);
  }
  return items;
}

function distinct(value: unknown, position: number): unknown {
  if (typeof value === "number") return value + position;
  return typeof value === "string" ? `${value} ${position}` : value;
}
