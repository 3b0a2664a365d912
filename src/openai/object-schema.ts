import type * as z from "zod/mini";
import { object, readInside, refuse, toSchema } from "../config/reader.ts";
import type { MembersForm, ObjectSchema, Shape } from "../config/reader.ts";
import { isRecord } from "../json.ts";
import { text } from "./schema.ts";
import type { Form } from "./schema.ts";

/** Building blocks of objects that a chat completion does not have. */

/** A member that may be left out, where null says something. */
export function omittable<Schema extends z.ZodMiniType>(schema: Schema): z.ZodMiniType<z.output<Schema> | undefined> {
  const form: Form = { kind: "omittable", inner: schema };
  const member = toSchema<z.output<Schema> | undefined>(
    (payload, context) => (payload.value === undefined ? payload : schema._zod.run(payload, context)),
    form,
  );
  member._zod.optin = "optional";
  return member;
}

/** An object with these members and no others. */
export function closedObject<Members extends Shape>(shape: Members): ObjectSchema<Members> {
  const open = object(shape);
  const form: MembersForm = { kind: "members", shape, isClosed: true };
  const schema = toSchema<z.output<ObjectSchema<Members>>>((payload, context) => {
    const { value: input, issues } = payload;
    if (!readInside(open, payload, context) || !isRecord(input)) return payload;
    const keys = Object.keys(input).filter((key) => !Object.hasOwn(shape, key));
    if (keys.length > 0) issues.push({ code: "unrecognized_keys", keys, input });
    return payload;
  }, form);
  return Object.assign(schema, { shape });
}

interface PairBounds {
  readonly names?: z.ZodMiniType<string>;
  readonly values?: z.ZodMiniType<string>;
  readonly most?: number;
}

/** An object of texts under names of the caller's own. */
export function pairs({ names = text, values = text, most = Infinity }: PairBounds = {}): z.ZodMiniType<
  Record<string, string>
> {
  const form: Form = { kind: "pairs", names, values };
  return toSchema((payload, context) => {
    const { value: given, issues } = payload;
    if (!isRecord(given)) {
      issues.push({ code: "invalid_type", expected: "record", input: given });
      return payload;
    }
    const entries = Object.entries(given);
    if (entries.length > most) {
      refuse(issues, given, `expected at most ${most} members`);
      return payload;
    }
    for (const [name, value] of entries) {
      payload.value = name;
      if (!readInside(names, payload, context, name)) return payload;
      payload.value = value;
      if (!readInside(values, payload, context, name)) return payload;
    }
    // Entries, so that a member of the name `__proto__` is one.
    payload.value = Object.fromEntries(entries);
    return payload;
  }, form);
}
