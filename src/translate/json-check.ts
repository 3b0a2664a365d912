import { dereference, Validator } from "@cfworker/json-schema";
import type { Schema } from "@cfworker/json-schema";
import { GatewayError } from "../errors.ts";
import { isRecord } from "../json.ts";
import type { JsonRecord } from "../json.ts";

/** Says, in words for the model, what of a value does not follow a schema; nothing where all of it does. */
export type JsonCheck = (value: unknown) => string | undefined;

export type CreateJsonCheck = typeof createJsonCheck;

/**
 * The check of answers that have to follow a schema. Throws a `GatewayError` for a schema that cannot be followed at
 * all, before a model is asked to.
 */
export function createJsonCheck(schema: JsonRecord, param: string): JsonCheck {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- any JSON object is a schema to this validator
  const checked = toCheckedSchema(schema) as Schema;
  const validator = createValidator(checked, param);
  return (value) => {
    const result = tryValidate(validator, value);
    if (result === undefined) return "it is nested too deeply";
    if (result.valid) return undefined;
    const worst = result.errors.toSorted(
      (first, second) => second.instanceLocation.length - first.instanceLocation.length,
    )[0];
    return worst === undefined ? "it does not follow the schema" : `at ${worst.instanceLocation}: ${worst.error}`;
  };
}

function createValidator(schema: Schema, param: string): Validator {
  try {
    refuseLostReferences(dereference(schema));
    return new Validator(schema, "7", false);
  } catch (error) {
    const message = `Invalid value for '${param}': the JSON schema refers to itself without end, or to nothing.`;
    throw new GatewayError("invalid_value", message, { param, cause: error });
  }
}

/** Undefined where the value, or the recursion of the schema over it, is deeper than the stack. */
function tryValidate(validator: Validator, value: unknown): ReturnType<Validator["validate"]> | undefined {
  try {
    return validator.validate(value);
  } catch {
    return undefined;
  }
}

/** Keywords whose schemas apply to the same value as the schema that has them. */
const inPlace = ["allOf", "anyOf", "oneOf", "not", "if", "then", "else"];

/**
 * Throws where a reference leads nowhere, or back to itself without going into the value in between. The validator
 * would find out only with an answer that gets there.
 */
function refuseLostReferences(lookup: Readonly<Record<string, Schema | boolean>>): void {
  const open = new Set<unknown>();
  const done = new Set<unknown>();

  function visit(schema: unknown): void {
    if (!isRecord(schema) || done.has(schema)) return;
    if (open.has(schema)) throw new Error("a reference leads back to itself");
    open.add(schema);
    if (schema["$ref"] !== undefined) visit(find(schema));
    for (const keyword of inPlace) for (const part of [schema[keyword]].flat()) visit(part);
    open.delete(schema);
    done.add(schema);
  }

  function find(schema: JsonRecord): unknown {
    // The validator's own note of what the reference means.
    const target = lookup[String(schema["__absolute_ref__"])];
    if (target === undefined) throw new Error("a reference leads nowhere");
    return target;
  }

  for (const schema of Object.values(lookup)) visit(schema);
}

/** Keywords whose members are named by the caller, and are schemas. */
const schemaMaps: ReadonlySet<string> = new Set(["properties", "$defs", "definitions", "dependentSchemas"]);
/** Keywords whose value is a value, whatever it looks like. */
const values: ReadonlySet<string> = new Set(["const", "enum", "default", "examples"]);

/**
 * The schema as far as it is checked. A pattern is the caller's text, and a pattern with nested repetition can keep the
 * processor busy for minutes over a short answer: such a one is left to the model, and so is one in another dialect of
 * regular expressions.
 */
function toCheckedSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(toCheckedSchema);
  if (!isRecord(schema)) return schema;
  const { pattern, patternProperties, ...rest } = schema;
  const isNamed = isRecord(patternProperties) && Object.keys(patternProperties).every(isCheapPattern);
  // Without the patterns, members that follow one would be taken for members that nothing allows.
  if (patternProperties !== undefined && !isNamed) delete rest["additionalProperties"];
  return {
    ...Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, toCheckedMember(key, value)])),
    ...(typeof pattern === "string" && isCheapPattern(pattern) && { pattern }),
    ...(isNamed && { patternProperties: mapMembers(patternProperties) }),
  };
}

function toCheckedMember(keyword: string, value: unknown): unknown {
  if (values.has(keyword)) return value;
  return schemaMaps.has(keyword) && isRecord(value) ? mapMembers(value) : toCheckedSchema(value);
}

function mapMembers(members: JsonRecord): JsonRecord {
  return Object.fromEntries(Object.entries(members).map(([name, schema]) => [name, toCheckedSchema(schema)]));
}

/** No group is repeated, and at most two repetitions are without a bound: never worse than quadratic. */
function isCheapPattern(pattern: string): boolean {
  const isCheap = pattern.length <= 256 && !/\)[*+?{]/.test(pattern) && (pattern.match(/[*+]|,\}/g) ?? []).length <= 2;
  return isCheap && isPattern(pattern);
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, "u") instanceof RegExp;
  } catch {
    return false;
  }
}
