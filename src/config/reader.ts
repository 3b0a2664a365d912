import * as z from "zod/mini";
import { isRecord } from "../json.ts";
import type { JsonRecord } from "../json.ts";

/** Schemas that are one function: what settings and requests are read by. */

export type Issues = z.core.ParsePayload["issues"];

type Payload = z.core.ParsePayload;

type Context = z.core.ParseContextInternal;

type Run = z.core.$ZodTypeInternals["run"];

/** What the schemas are made after. */
const blank = z.unknown();

/**
 * A schema that is one function.
 *
 * zod's own ways to the same are several schemas each: a pipe of `unknown` and a transform, or of a nullable, an optional
 * and a transform. Each schema of zod's takes 10 to 30 µs to make while its code is cold, and the first of each kind some
 * 200: made so, most of what an isolate evaluated at its start was schemas. This one takes a microsecond.
 *
 * `form` is what it takes, as data: its function cannot be asked.
 */
export function toSchema<Output>(run: Run, form?: unknown): z.ZodMiniType<Output> {
  const internals: object = Object.assign(Object.create(blank._zod), { run, parse: run, bag: { form } });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what it gives is what `run` leaves in the payload
  return Object.create(blank, { _zod: { value: internals } }) as z.ZodMiniType<Output>;
}

export function readForm(schema: z.ZodMiniType): unknown {
  return schema._zod.bag["form"];
}

/** What `read` makes of a value, whose faults it adds to `issues`. */
export function reader<Output>(
  read: (value: unknown, issues: Issues) => Output,
  form?: unknown,
): z.ZodMiniType<Output> {
  return toSchema((payload) => {
    payload.value = read(payload.value, payload.issues);
    return payload;
  }, form);
}

/** Adds what is wrong with a value; what is returned stands for no value. */
export function refuse(issues: Issues, input: unknown, message: string): never {
  issues.push({ code: "custom", message, input });
  return z.NEVER;
}

export interface DefaultForm {
  readonly kind: "default";
  readonly inner: z.ZodMiniType;
  readonly value: unknown;
}

/** A variable or a member, and what it is where it is not there. */
export function withDefault<Value>(schema: z.ZodMiniType<Value>, value: Value): z.ZodMiniType<Value> {
  const form: DefaultForm = { kind: "default", inner: schema, value };
  const member = toSchema<Value>((payload, context) => {
    if (payload.value !== undefined) return schema._zod.run(payload, context);
    payload.value = value;
    return payload;
  }, form);
  member._zod.optin = "defaulted";
  return member;
}

export interface DeferredForm {
  readonly kind: "deferred";
  readonly make: () => z.ZodMiniType;
}

/** A schema that is made when the first value reaches it: what few requests bring is not made at the start of an isolate. */
export function deferred<Schema extends z.ZodMiniType>(make: () => Schema): z.ZodMiniType<z.output<Schema>> {
  let made: Schema | undefined;
  const form: DeferredForm = { kind: "deferred", make: () => (made ??= make()) };
  return toSchema((payload, context) => form.make()._zod.run(payload, context), form);
}

/**
 * Reads a value inside of another one, in the payload of the whole: its place goes before the path of what is wrong with
 * it. `payload.value` is what it is read as. Returns false where something is wrong.
 *
 * zod makes a payload and a list of issues for each value. Of the forty members of a chat completion a request brings
 * three, and each message has members of its own: those were a tenth of what a small request left to the collector.
 */
export function readInside(schema: z.ZodMiniType, payload: Payload, context: Context, place?: PropertyKey): boolean {
  const before = payload.issues.length;
  const result = schema._zod.run(payload, context);
  if (result instanceof Promise) throw new TypeError("Schemas are synchronous.");
  payload.value = result.value;
  if (payload.issues.length === before) return true;
  if (place !== undefined) {
    const inner = payload.issues.splice(before);
    payload.issues.push(...inner.map((issue) => ({ ...issue, path: [place, ...(issue.path ?? [])] })));
  }
  return false;
}

export type Shape = Readonly<Record<string, z.ZodMiniType>>;

export interface MembersForm {
  readonly kind: "members";
  readonly shape: Shape;
  /** There are no others. */
  readonly isClosed?: true;
}

export interface ObjectSchema<Members extends Shape> extends z.ZodMiniType<{
  [Name in keyof Members]: z.output<Members[Name]>;
}> {
  readonly shape: Members;
}

/** An object with these members, which is read up to its first wrong one. Others are dropped. */
export function object<Members extends Shape>(shape: Members): ObjectSchema<Members> {
  const members = Object.entries<z.ZodMiniType>(shape);
  const form: MembersForm = { kind: "members", shape };
  const schema = toSchema<z.output<ObjectSchema<Members>>>((payload, context) => {
    const { value: given } = payload;
    if (!isRecord(given)) {
      payload.issues.push({ code: "invalid_type", expected: "object", input: given });
      return payload;
    }
    const read: JsonRecord = {};
    for (const [name, member] of members) {
      payload.value = given[name];
      if (!readInside(member, payload, context, name)) return payload;
      if (payload.value !== undefined) read[name] = payload.value;
    }
    payload.value = read;
    return payload;
  }, form);
  return Object.assign(schema, { shape });
}
