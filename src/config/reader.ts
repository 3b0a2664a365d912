import * as z from "zod/mini";

/** Schemas that are one function: what settings and requests are read by. */

export type Issues = z.core.ParsePayload["issues"];

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
