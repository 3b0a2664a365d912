import * as z from "zod/mini";
import { readForm } from "../config/reader.ts";
import { isRecord } from "../json.ts";
import type { JsonRecord } from "../json.ts";
import type { Form } from "../openai/schema.ts";

/** Schemas of zod's as JSON Schema, those of `openai/schema.ts` included, which zod knows as functions only. */

type Process = NonNullable<z.core.$ZodTypeInternals["processJSONSchema"]>;

/** What is said of a schema beside what it takes: `description`, `examples`, … */
export const notes = z.registry<JsonRecord>();

/** Named schemas as components that refer to each other by name; `input` is what is taken, `output` what is sent. */
export function toComponents(
  schemas: Readonly<Record<string, z.ZodMiniType>>,
  io: "input" | "output",
): Record<string, JsonRecord> {
  const names = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) {
    teach(schema, new Set());
    names.add(schema, { id });
  }
  const converted = z.toJSONSchema(names, { io, metadata: notes, uri: toReference });
  return Object.fromEntries(
    Object.entries(converted.schemas).map(([id, schema]) => {
      const { $schema: _, $id: __, ...rest } = schema;
      const plain = toPlain(rest, io);
      if (!isRecord(plain)) throw new TypeError(`${id} is no schema`);
      return [id, plain];
    }),
  );
}

export function toReference(name: string): string {
  return `#/components/schemas/${name}`;
}

/** Tells zod what the schemas are that are functions: `schema` and whatever is inside of it. */
function teach(value: unknown, seen: Set<unknown>): void {
  if (typeof value !== "object" || value === null || seen.has(value)) return;
  seen.add(value);
  if (!(value instanceof z.ZodMiniType)) {
    for (const member of Object.values(value)) teach(member, seen);
    return;
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing else gives a schema a form
  const form = readForm(value) as Form | undefined;
  if (form !== undefined) value._zod.processJSONSchema = toProcess(form, value);
  teach(form?.kind === "deferred" ? form.make() : (form ?? value._zod.def), seen);
}

function toProcess(form: Form, schema: z.ZodMiniType): Process {
  return (context, json, params) => {
    const convert = (inner: z.ZodMiniType) => z.core.processSchema(inner, context, params);
    switch (form.kind) {
      case "deferred":
        Object.assign(json, convert(form.make()));
        return;
      case "mapped":
      case "omittable":
        Object.assign(json, convert(form.inner));
        return;
      case "optional": {
        const inner = convert(form.inner);
        if (Object.keys(inner).length > 0) json.anyOf = [inner, { type: "null" }];
        return;
      }
      case "default":
        Object.assign(json, convert(form.inner), { default: form.value });
        return;
      case "nullable":
        json.anyOf = [convert(form.inner), { type: "null" }];
        return;
      case "either":
        json.anyOf = form.arms.map(convert);
        return;
      case "members":
        json.type = "object";
        json.properties = Object.fromEntries(
          Object.entries(form.shape).map(([name, member]) => [name, convert(member)]),
        );
        writeRequired(form.shape, json);
        if (form.isClosed === true) json.additionalProperties = false;
        return;
      case "pairs":
        json.type = "object";
        json.propertyNames = convert(form.names);
        json.additionalProperties = convert(form.values);
        return;
      case "list":
        json.type = "array";
        json.items = convert(form.element);
        if (form.least > 0) json.minItems = form.least;
        if (form.most < Infinity) json.maxItems = form.most;
        return;
      case "open-union":
        writeOpenUnion(form, json, convert);
        return;
      case "tagged":
        // Two tags may have one schema.
        json.oneOf = [...new Set(Object.values(form.options))].map(convert);
        return;
      case "one-of":
        json.type = "string";
        writeChoices(form.choices, json);
        return;
      case "text":
        json.type = "string";
        if (form.minLength !== undefined) json.minLength = form.minLength;
        if (form.maxLength !== undefined) json.maxLength = form.maxLength;
        if (form.pattern !== undefined) json.pattern = form.pattern;
        return;
      case "integer":
      case "number":
        json.type = form.kind;
        if (form.least > -Infinity) json.minimum = form.least;
        if (form.most < Infinity) json.maximum = form.most;
        return;
      case "object":
      case "boolean":
        json.type = form.kind;
        return;
      case "anything":
        return;
      default:
        throw new TypeError(`unknown form ${JSON.stringify(form satisfies never)} of ${schema._zod.def.type}`);
    }
  };
}

function writeRequired(shape: Readonly<Record<string, z.ZodMiniType>>, json: z.core.JSONSchema.BaseSchema): void {
  const required = Object.entries(shape).flatMap(([name, member]) => (member._zod.optin === undefined ? [name] : []));
  if (required.length > 0) json.required = required;
}

function writeChoices(choices: readonly string[], json: z.core.JSONSchema.BaseSchema): void {
  const [only] = choices;
  if (choices.length === 1 && only !== undefined) json.const = only;
  else json.enum = [...choices];
}

/** The known types, and an object of any other. */
function writeOpenUnion(
  { options, toType }: Extract<Form, { kind: "open-union" }>,
  json: z.core.JSONSchema.BaseSchema,
  convert: (schema: z.ZodMiniType) => z.core.JSONSchema.BaseSchema,
): void {
  const known = Object.entries(options).map(([type, schema]) => {
    const option = convert(schema);
    const required = option.required?.filter((member) => member !== "type") ?? [];
    const sample = Object.fromEntries(required.map((member) => [member, null]));
    if (toType(sample) !== type) return option;
    // The type follows from the other members, and may be left out or null.
    return { ...option, properties: { ...option.properties, type: { enum: [type, null] } }, required };
  });
  const foreign = {
    title: "another type",
    type: "object",
    properties: { type: { type: "string", not: { enum: Object.keys(options) } } },
    required: ["type"],
    description: "Any other type: accepted, without effect, and named in `x-flaregate-parameters`.",
  } satisfies z.core.JSONSchema.BaseSchema;
  json.anyOf = [...known, foreign];
}

/** The schema of a member that is text on its way, of a query or a form, where there is no null. */
export function withoutNull({ type, enum: values, ...schema }: JsonRecord): JsonRecord {
  return {
    ...schema,
    ...(type !== undefined && { type: Array.isArray(type) ? type[0] : type }),
    ...(Array.isArray(values) && { enum: values.filter((value) => value !== null) }),
  };
}

/** The same schema in fewer words: without the bounds of numbers that are those of JavaScript, and with null as a type. */
function toPlain(value: unknown, io: "input" | "output"): unknown {
  if (Array.isArray(value)) return value.map((member) => toPlain(member, io));
  if (!isRecord(value)) return value;
  const members = Object.entries(value).filter(([name, member]) => !isNoise(name, member, io));
  const plain = Object.fromEntries(members.map(([name, member]) => [name, toPlain(member, io)]));
  return withTitles(withNullType(plain));
}

function isNoise(name: string, member: unknown, io: "input" | "output"): boolean {
  if (name === "maximum") return typeof member === "number" && member >= Number.MAX_SAFE_INTEGER;
  if (name === "minimum") return typeof member === "number" && member <= Number.MIN_SAFE_INTEGER;
  // zod closes every object that it gives; an answer may get new members in a later version.
  return name === "additionalProperties" && member === false && io === "output";
}

/** `anyOf: [{ type: "string", … }, { type: "null" }]` as `type: ["string", "null"], …`, where that says the same. */
function withNullType(schema: JsonRecord): JsonRecord {
  const { anyOf: arms, ...rest } = schema;
  if (!Array.isArray(arms) || arms.length !== 2 || !isNull(arms[1])) return schema;
  const [first]: unknown[] = arms;
  if (!isRecord(first)) return schema;
  const { type, enum: values } = first;
  for (const union of ["anyOf", "oneOf"]) {
    const inner = first[union];
    if (Array.isArray(inner)) return { ...first, ...rest, [union]: [...inner, { type: "null" }] };
  }
  if (typeof type !== "string") return schema;
  const { const: only, ...open } = first;
  const choices = only === undefined ? values : [only];
  return { ...open, ...rest, type: [type, "null"], ...(Array.isArray(choices) && { enum: [...choices, null] }) };
}

/** Names the objects of a union by the member in which they differ, so that a reader finds the one that is meant. */
function withTitles(schema: JsonRecord): JsonRecord {
  const named = ["anyOf", "oneOf"].flatMap((union) => {
    const arms = schema[union];
    return Array.isArray(arms) ? [[union, arms.map(withTitle)] as const] : [];
  });
  return { ...schema, ...Object.fromEntries(named) };
}

function withTitle(arm: unknown): unknown {
  if (!isRecord(arm) || !isRecord(arm["properties"])) return arm;
  const { type = arm["properties"]["role"] } = arm["properties"];
  if (!isRecord(type)) return arm;
  const values = "const" in type ? [type["const"]] : Array.isArray(type["enum"]) ? type["enum"] : [];
  const names = values.filter((value) => typeof value === "string");
  return names.length === 0 ? arm : { title: names.join(", "), ...arm };
}

function isNull(schema: unknown): boolean {
  return isRecord(schema) && schema["type"] === "null";
}
