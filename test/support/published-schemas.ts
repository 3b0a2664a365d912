import * as z from "zod";
import completions from "../fixtures/openai-schemas/completions.json";
import openResponses from "../fixtures/openai-schemas/open-responses.json";
import responses from "../fixtures/openai-schemas/responses.json";

/** The part of JSON Schema, with OpenAPI's `nullable`, that OpenAI's description uses. */
export interface PublishedSchema {
  readonly $ref?: string;
  readonly allOf?: readonly PublishedSchema[];
  readonly anyOf?: readonly PublishedSchema[];
  readonly oneOf?: readonly PublishedSchema[];
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly nullable?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: PublishedSchema;
  readonly properties?: Readonly<Record<string, PublishedSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | PublishedSchema;
}

/** By file and name: the files have different schemas of the same names. */
const components = new Map<string, PublishedSchema>();
load("completions", completions);
load("responses", responses);
load("open-responses", openResponses);

function load(file: string, document: { readonly components: { readonly schemas: object } }): void {
  const text = JSON.stringify(document.components.schemas).replaceAll('"#/components/schemas/', `"${file}/`);
  const schemas = z.record(z.string(), z.custom<PublishedSchema>()).parse(JSON.parse(text));
  for (const [name, schema] of Object.entries(schemas)) components.set(`${file}/${name}`, schema);
}

/** `Model` of the chat and text completions, or `responses/Response` of another file. */
export function publishedSchema(name: string): PublishedSchema {
  const schema = components.get(name.includes("/") ? name : `completions/${name}`);
  if (schema === undefined) throw new Error(`no published schema ${name}`);
  return schema;
}

/** What a `$ref` stands for; the schema itself where it has none. */
export function dereference(schema: PublishedSchema): PublishedSchema {
  return schema.$ref === undefined ? schema : dereference(publishedSchema(schema.$ref));
}

/** The places at which a value breaks a published schema; none where it keeps to it. */
export function findViolations(value: unknown, given: PublishedSchema, place = ""): readonly string[] {
  const schema = dereference(given);
  if (value === null && schema.nullable === true) return [];
  const inner = (schema.allOf ?? []).flatMap((part) => findViolations(value, part, place));
  const arms = schema.anyOf ?? schema.oneOf;
  if (arms !== undefined && !arms.some((arm) => findViolations(value, arm, place).length === 0)) {
    return [`${place}: fits no alternative`];
  }
  if (schema.enum !== undefined && !schema.enum.includes(value)) return [`${place}: is not one of the values`];
  if (schema.type !== undefined && !isOfType(value, schema.type)) return [`${place}: is not of type ${schema.type}`];
  if (Array.isArray(value)) {
    const { items } = schema;
    return items === undefined
      ? inner
      : value.flatMap((member, index) => findViolations(member, items, `${place}[${index}]`));
  }
  if (typeof value !== "object" || value === null) return inner;
  const members = new Map(Object.entries(value));
  const missing = (schema.required ?? [])
    .filter((key) => !members.has(key))
    .map((key) => `${place}.${key}: is missing`);
  const wrong = Object.entries(schema.properties ?? {}).flatMap(([key, member]) =>
    members.has(key) ? findViolations(members.get(key), member, `${place}.${key}`) : [],
  );
  return [...inner, ...missing, ...wrong];
}

function isOfType(value: unknown, type: string): boolean {
  if (type === "null") return value === null;
  if (type === "array") return Array.isArray(value);
  if (type === "integer") return Number.isInteger(value);
  if (type === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  return typeof value === type;
}
