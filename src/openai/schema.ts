import * as z from "zod/mini";
import { isRecord } from "../json.ts";
import type { JsonRecord } from "../json.ts";

/** Building blocks of the request schemas. */

type Issues = z.core.ParsePayload["issues"];

type Run = z.core.$ZodTypeInternals["run"];

/** What a schema of this file takes, as data: its function cannot be asked. The OpenAPI document is made from it. */
export type Form =
  | { readonly kind: "optional"; readonly inner: z.ZodMiniType }
  | { readonly kind: "list"; readonly element: z.ZodMiniType; readonly least: number; readonly most: number }
  | {
      readonly kind: "open-union";
      readonly options: Readonly<Record<string, z.ZodMiniType>>;
      readonly toType: (value: JsonRecord) => string | undefined;
    }
  | { readonly kind: "integer"; readonly least: number; readonly most: number }
  | { readonly kind: "object" }
  | { readonly kind: "foreign-text" };

/**
 * A schema that is one function.
 *
 * zod's own ways to the same are several schemas each: a pipe of `unknown` and a transform, or of a nullable, an optional
 * and a transform. Making schemas is most of what the start of an isolate evaluates, and a chat's request had 400 of them.
 */
function toSchema<Output>(form: Form, parse: Run): z.ZodMiniType<Output> {
  const schema = z.unknown();
  schema._zod.bag["form"] = form;
  schema._zod.run = parse;
  schema._zod.parse = parse;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what it gives is what `parse` leaves in the payload
  return schema as z.ZodMiniType<Output>;
}

/** What `read` makes of a value, whose faults it adds to `issues`. */
function reader<Output>(form: Form, read: (value: unknown, issues: Issues) => Output): z.ZodMiniType<Output> {
  return toSchema(form, (payload) => {
    payload.value = read(payload.value, payload.issues);
    return payload;
  });
}

/** A member that may be absent or null: several SDKs write null for what the caller left out. */
export function optional<Schema extends z.ZodMiniType>(schema: Schema): z.ZodMiniType<z.output<Schema> | undefined> {
  const member = toSchema<z.output<Schema> | undefined>({ kind: "optional", inner: schema }, (payload, context) => {
    if (payload.value !== undefined && payload.value !== null) return schema._zod.run(payload, context);
    payload.value = undefined;
    return payload;
  });
  member._zod.optin = "optional";
  return member;
}

interface ListBounds {
  readonly least?: number;
  readonly most?: number;
}

/** Reads a value by a schema inside of another one: what is wrong with it is added to `issues`, and nothing returned. */
function run<Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
  issues: Issues,
  ...path: readonly PropertyKey[]
): { readonly value: z.output<Schema> } | undefined {
  // zod's own way into a schema: issues stay raw, to be passed on, and no result is wrapped.
  const result = schema._zod.run({ value, issues: [] }, { reportInput: true });
  if (result instanceof Promise) throw new TypeError("Request schemas are synchronous.");
  if (result.issues.length > 0) {
    for (const issue of result.issues) issues.push({ ...issue, path: [...path, ...(issue.path ?? [])] });
    return undefined;
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a schema that finds no fault gives its own output
  return { value: result.value as z.output<Schema> };
}

/**
 * An array that is read up to its first wrong element, and whose length is looked at before its elements. zod's own
 * reads on: a body of millions of wrong elements would make as many issues, and they do not fit into an isolate.
 */
export function list<Element extends z.ZodMiniType>(element: Element, { least = 0, most = Infinity }: ListBounds = {}) {
  return reader({ kind: "list", element, least, most }, (value, issues): z.output<Element>[] => {
    if (!Array.isArray(value)) {
      issues.push({ code: "invalid_type", expected: "array", input: value });
      return z.NEVER;
    }
    if (value.length < least) {
      issues.push({ code: "too_small", origin: "array", minimum: least, inclusive: true, input: value });
      return z.NEVER;
    }
    if (value.length > most) {
      issues.push({ code: "too_big", origin: "array", maximum: most, inclusive: true, input: value });
      return z.NEVER;
    }
    const elements: z.output<Element>[] = [];
    for (const [index, member] of value.entries()) {
      const result = run(element, member, issues, index);
      if (result === undefined) return z.NEVER;
      elements.push(result.value);
    }
    return elements;
  });
}

/** An object of a type that is not served: its name is all that is kept of it. */
export interface ForeignObject {
  readonly type: "foreign";
  readonly kind: string;
}

/**
 * Objects that differ by their `type`. Clients send types of which the gateway does not know; those are kept by their
 * names, so that the caller can be told that they have no effect. `toType` says what an object without a type is.
 */
export function openUnion<Options extends Readonly<Record<string, z.ZodMiniType>>>(
  options: Options,
  toType: (value: JsonRecord) => string | undefined = () => undefined,
) {
  const form = { kind: "open-union", options, toType } as const;
  return reader(form, (value, issues): z.output<Options[keyof Options]> | ForeignObject => {
    if (!isRecord(value)) {
      issues.push({ code: "invalid_type", expected: "object", input: value });
      return z.NEVER;
    }
    const type = value["type"] ?? toType(value);
    if (typeof type !== "string") {
      issues.push({ code: "invalid_type", expected: "string", input: type, path: ["type"] });
      return z.NEVER;
    }
    const schema = Object.hasOwn(options, type) ? options[type] : undefined;
    if (schema === undefined) return { type: "foreign", kind: type };
    const result = run(schema, { ...value, type }, issues);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema is one of the options
    return result === undefined ? z.NEVER : (result.value as z.output<Options[keyof Options]>);
  });
}

interface Range {
  readonly least: number;
  readonly most?: number;
}

/** A whole number. zod's own would say of a text that it is no "number". */
export function integer({ least, most = Number.MAX_SAFE_INTEGER }: Range) {
  return reader({ kind: "integer", least, most }, (value, issues): number => {
    if (typeof value !== "number" || !Number.isInteger(value)) {
      issues.push({ code: "invalid_type", expected: "int", input: value });
      return z.NEVER;
    }
    if (value >= least && value <= most) return value;
    const bound = { origin: "int", inclusive: true, input: value } as const;
    issues.push(
      value < least ? { code: "too_small", minimum: least, ...bound } : { code: "too_big", maximum: most, ...bound },
    );
    return z.NEVER;
  });
}

/**
 * A JSON object that is passed on as it is, such as a JSON schema. The value itself is kept: a copy made key by key
 * would give an own `__proto__` key its meaning.
 */
export const jsonObject = reader({ kind: "object" }, (value, issues): JsonRecord => {
  if (isRecord(value)) return value;
  issues.push({ code: "invalid_type", expected: "object", input: value });
  return z.NEVER;
});

/** A member whose presence matters and whose value does not: it is named as ignored, never read. */
export const unread = optional(z.unknown());

/** A text that OpenAI does not know of: whatever else stands in its place is no mistake of the caller's. */
export const foreignText = optional(
  reader({ kind: "foreign-text" }, (value) => (typeof value === "string" ? value : undefined)),
);

/** The names of functions, tools and schemas. */
export const name = z
  .string()
  .check(z.regex(/^[a-zA-Z0-9_-]{1,64}$/, { error: "expected 1 to 64 letters, digits, underscores or dashes" }));

/** A name that only refers to something: whether there is such a thing is asked elsewhere. */
export const reference = z.string().check(z.minLength(1));

/** One text or several. Empty ones stop nothing, and neither does an empty list; clients send both for "none". */
const stopSequences = z.pipe(
  optional(z.union([z.string(), list(z.string(), { most: 4 })])),
  z.transform((stop: string | string[] | undefined) => {
    const sequences = [stop ?? []].flat().filter((text) => text !== "");
    return sequences.length === 0 ? undefined : sequences;
  }),
);

const streamOptions = optional(
  z.object({ include_usage: optional(z.boolean()), include_obfuscation: optional(z.boolean()) }),
);

/** A number between two others, or one of them. */
function number(least: number, most: number) {
  return z.number().check(z.minimum(least), z.maximum(most));
}

/** Sampling members that chat and text completions share. Ranges are OpenAI's; the model's own come later. */
export const samplingMembers = {
  frequency_penalty: optional(number(-2, 2)),
  presence_penalty: optional(number(-2, 2)),
  temperature: optional(number(0, 2)),
  top_p: optional(number(0, 1)),
  // 64 bits wide: more than a JavaScript number holds exactly, so the range of safe integers does not bound it.
  seed: optional(integer({ least: -(2 ** 63), most: 2 ** 63 })),
  n: optional(integer({ least: 1, most: 128 })),
  stop: stopSequences,
  stream: optional(z.boolean()),
  stream_options: streamOptions,
  logit_bias: unread,
  user: optional(z.string()),
  // Workers AI's own parameters, for callers who know the model behind the gateway.
  top_k: optional(integer({ least: 1 })),
  repetition_penalty: optional(number(0, 2)),
  raw: optional(z.boolean()),
  lora: optional(reference),
  /** OpenRouter's form: usage with its cost, in a stream as well. OpenAI does not know it: anything else asks for nothing. */
  usage: z.pipe(
    unread,
    z.transform((value) => (isRecord(value) && value["include"] === true ? ({ include: true } as const) : undefined)),
  ),
  /** The gateway's own: models that are tried in this order, after `model`. */
  models: optional(list(reference, { most: 8 })),
};
