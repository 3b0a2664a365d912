import * as z from "zod/mini";
import { reader, readInside, refuse, toSchema } from "../config/reader.ts";
import type { DefaultForm, DeferredForm, Issues, MembersForm } from "../config/reader.ts";
import { isRecord } from "../json.ts";
import type { JsonRecord } from "../json.ts";

/** Building blocks of the request schemas. */

/** What a schema of this file takes, as data. The OpenAPI document is made from it. */
export type Form =
  | DefaultForm
  | DeferredForm
  | MembersForm
  | { readonly kind: "optional" | "omittable" | "nullable" | "mapped"; readonly inner: z.ZodMiniType }
  | { readonly kind: "either"; readonly arms: readonly z.ZodMiniType[] }
  | { readonly kind: "list"; readonly element: z.ZodMiniType; readonly least: number; readonly most: number }
  | { readonly kind: "tagged"; readonly options: Readonly<Record<string, z.ZodMiniType>> }
  | {
      readonly kind: "open-union";
      readonly options: Readonly<Record<string, z.ZodMiniType>>;
      readonly toType: (value: JsonRecord) => string | undefined;
    }
  | { readonly kind: "integer" | "number"; readonly least: number; readonly most: number }
  | { readonly kind: "one-of"; readonly choices: readonly string[] }
  | { readonly kind: "pairs"; readonly names: z.ZodMiniType; readonly values: z.ZodMiniType }
  | { readonly kind: "text"; readonly minLength?: number; readonly maxLength?: number; readonly pattern?: string }
  | { readonly kind: "object" | "boolean" | "anything" };

/** A building block: what it makes of a value, and what it takes. */
function block<Output>(form: Form, read: (value: unknown, issues: Issues) => Output): z.ZodMiniType<Output> {
  return reader(read, form);
}

/** A member that may be absent or null: several SDKs write null for what the caller left out. */
export function optional<Schema extends z.ZodMiniType>(schema: Schema): z.ZodMiniType<z.output<Schema> | undefined> {
  const form: Form = { kind: "optional", inner: schema };
  const member = toSchema<z.output<Schema> | undefined>((payload, context) => {
    if (payload.value !== undefined && payload.value !== null) return schema._zod.run(payload, context);
    payload.value = undefined;
    return payload;
  }, form);
  member._zod.optin = "optional";
  return member;
}

/** A member that may be null, and has to be there. */
export function nullable<Schema extends z.ZodMiniType>(schema: Schema): z.ZodMiniType<z.output<Schema> | null> {
  const form: Form = { kind: "nullable", inner: schema };
  return toSchema((payload, context) => (payload.value === null ? payload : schema._zod.run(payload, context)), form);
}

/** What the first of some schemas takes. Where none does, all of their complaints are told. */
export function either<const Arms extends readonly z.ZodMiniType[]>(
  ...arms: Arms
): z.ZodMiniType<z.output<Arms[number]>> {
  const form: Form = { kind: "either", arms };
  return toSchema((payload, context) => {
    const { value, issues } = payload;
    const before = issues.length;
    const complaints: Issues[] = [];
    for (const arm of arms) {
      payload.value = value;
      if (readInside(arm, payload, context)) return payload;
      complaints.push(issues.splice(before));
    }
    const errors = complaints.map((arm) =>
      arm.map((issue) => z.core.util.finalizeIssue(issue, context, z.core.config())),
    );
    issues.push({ code: "invalid_union", errors, input: value });
    return payload;
  }, form);
}

/** What a schema gives, as something else; or what is wrong with it, which `map` adds to the issues. */
export function mapped<Schema extends z.ZodMiniType, Value>(
  schema: Schema,
  map: (value: z.output<Schema>, issues: Issues) => Value,
): z.ZodMiniType<Value> {
  const form: Form = { kind: "mapped", inner: schema };
  const member = toSchema<Value>((payload, context) => {
    if (!readInside(schema, payload, context)) return payload;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a schema that finds no fault gives its own output
    payload.value = map(payload.value as z.output<Schema>, payload.issues);
    return payload;
  }, form);
  member._zod.optin = schema._zod.optin;
  return member;
}

function refuseType(issues: Issues, expected: z.core.$ZodIssueInvalidType["expected"], input: unknown): never {
  issues.push({ code: "invalid_type", expected, input });
  return z.NEVER;
}

export const text = block({ kind: "text" }, (value, issues): string =>
  typeof value === "string" ? value : refuseType(issues, "string", value),
);

export const boolean = block({ kind: "boolean" }, (value, issues): boolean =>
  typeof value === "boolean" ? value : refuseType(issues, "boolean", value),
);

/** One of some texts. */
export function oneOf<const Choice extends string>(...choices: readonly Choice[]): z.ZodMiniType<Choice> {
  return block({ kind: "one-of", choices }, (value, issues): Choice => {
    const choice = choices.find((candidate) => candidate === value);
    if (choice !== undefined) return choice;
    issues.push({ code: "invalid_value", values: [...choices], input: value });
    return z.NEVER;
  });
}

/** A number, from one to another. */
export function number(least = -Infinity, most = Infinity): z.ZodMiniType<number> {
  return block({ kind: "number", least, most }, (value, issues): number => {
    if (typeof value !== "number" || !Number.isFinite(value)) return refuseType(issues, "number", value);
    return isWithin(value, { least, most, origin: "number" }, value, issues) ? value : z.NEVER;
  });
}

interface SizeBounds {
  readonly least?: number;
  readonly most?: number;
}

/**
 * An array that is read up to its first wrong element, and whose length is looked at before its elements. zod's own
 * reads on: a body of millions of wrong elements would make as many issues, and they do not fit into an isolate.
 */
export function list<Element extends z.ZodMiniType>(
  element: Element,
  { least = 0, most = Infinity }: SizeBounds = {},
): z.ZodMiniType<z.output<Element>[]> {
  const form: Form = { kind: "list", element, least, most };
  return toSchema((payload, context) => {
    const { value, issues } = payload;
    if (!Array.isArray(value)) {
      issues.push({ code: "invalid_type", expected: "array", input: value });
    } else if (isWithin(value.length, { least, most, origin: "array" }, value, issues)) {
      const elements: unknown[] = [];
      for (const [index, member] of value.entries()) {
        payload.value = member;
        if (!readInside(element, payload, context, index)) return payload;
        elements.push(payload.value);
      }
      payload.value = elements;
    }
    return payload;
  }, form);
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
  const form: Form = { kind: "open-union", options, toType };
  return toSchema<z.output<Options[keyof Options]> | ForeignObject>((payload, context) => {
    const { value, issues } = payload;
    if (!isRecord(value)) {
      issues.push({ code: "invalid_type", expected: "object", input: value });
      return payload;
    }
    const type = value["type"] ?? toType(value);
    if (typeof type !== "string") {
      issues.push({ code: "invalid_type", expected: "string", input: type, path: ["type"] });
      return payload;
    }
    const schema = Object.hasOwn(options, type) ? options[type] : undefined;
    payload.value = schema === undefined ? { type: "foreign", kind: type } : { ...value, type };
    return schema === undefined ? payload : schema._zod.run(payload, context);
  }, form);
}

/**
 * Objects that differ by the text of one member, the tag. `toTag` says what an object without a tag is. The schema of a
 * tag may be a deferred one: it is reached by objects of the tag alone.
 */
export function tagged<Options extends Readonly<Record<string, z.ZodMiniType>>>(
  tag: string,
  options: Options,
  toTag: (value: JsonRecord) => unknown = (value) => value[tag],
) {
  const form: Form = { kind: "tagged", options };
  return toSchema<z.output<Options[keyof Options]>>((payload, context) => {
    const { value } = payload;
    if (!isRecord(value)) {
      payload.issues.push({ code: "invalid_type", expected: "object", input: value });
      return payload;
    }
    const name = toTag(value);
    const schema = typeof name === "string" && Object.hasOwn(options, name) ? options[name] : undefined;
    if (schema !== undefined) return schema._zod.run(payload, context);
    const choices = { discriminator: tag, options: Object.keys(options) };
    payload.issues.push({ code: "invalid_union", errors: [], ...choices, input: value, path: [tag] });
    return payload;
  }, form);
}

interface Range {
  readonly least: number;
  readonly most?: number;
}

/** A whole number. zod's own would say of a text that it is no "number". */
export function integer({ least, most = Number.MAX_SAFE_INTEGER }: Range) {
  return block({ kind: "integer", least, most }, (value, issues): number => {
    if (typeof value !== "number" || !Number.isInteger(value)) return refuseType(issues, "int", value);
    return isWithin(value, { least, most, origin: "int" }, value, issues) ? value : z.NEVER;
  });
}

interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly origin: "int" | "number" | "array" | "string";
}

/** Whether a number is within bounds: the value `input` itself, or its length. */
export function isWithin(size: number, { least, most, origin }: Bounds, input: unknown, issues: Issues): boolean {
  if (size >= least && size <= most) return true;
  const bound = { origin, inclusive: true, input } as const;
  issues.push(
    size < least ? { code: "too_small", minimum: least, ...bound } : { code: "too_big", maximum: most, ...bound },
  );
  return false;
}

/**
 * A JSON object that is passed on as it is, such as a JSON schema. The value itself is kept: a copy made key by key
 * would give an own `__proto__` key its meaning.
 */
export const jsonObject = block({ kind: "object" }, (value, issues): JsonRecord => {
  return isRecord(value) ? value : refuseType(issues, "object", value);
});

/** A member whose presence matters and whose value does not: it is named as ignored, never read. */
export const unread = optional(block({ kind: "anything" }, (value) => value));

/** A text that OpenAI does not know of: whatever else stands in its place is no mistake of the caller's. */
export const foreignText = optional(
  block({ kind: "anything" }, (value) => (typeof value === "string" ? value : undefined)),
);

/** A text that a pattern describes; `expected` says the same in words. */
export function matching(pattern: RegExp, expected: string): z.ZodMiniType<string> {
  return block({ kind: "text", pattern: pattern.source }, (value, issues): string => {
    if (typeof value !== "string") return refuseType(issues, "string", value);
    return pattern.test(value) ? value : refuse(issues, value, `expected ${expected}`);
  });
}

/** A text of so many characters. */
export function sizedText({ least = 0, most = Infinity }: SizeBounds): z.ZodMiniType<string> {
  const form: Form = {
    kind: "text",
    ...(least > 0 && { minLength: least }),
    ...(most < Infinity && { maxLength: most }),
  };
  return block(form, (value, issues): string => {
    if (typeof value !== "string") return refuseType(issues, "string", value);
    return isWithin(value.length, { least, most, origin: "string" }, value, issues) ? value : z.NEVER;
  });
}

function names(most: number) {
  const pattern = new RegExp(`^[a-zA-Z0-9_-]{1,${most}}$`);
  return matching(pattern, `1 to ${most} letters, digits, underscores or dashes`);
}

/** The names of functions, tools and schemas. */
export const name = names(64);

/** Of tools in a namespace, which OpenAI lets be longer. */
export const longName = names(128);

/** A name that only refers to something: whether there is such a thing is asked elsewhere. */
export const reference = sizedText({ least: 1 });
