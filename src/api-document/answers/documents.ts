import type * as z from "zod/mini";

/** Without `readonly`, which a schema's type does not have, and with members that may be undefined as absent ones. */
type Plain<Value> = Value extends readonly (infer Element)[]
  ? Plain<Element>[]
  : Value extends object
    ? { -readonly [Member in keyof Value]: Plain<Value[Member]> }
    : Value;

/**
 * The schema, held to the type of what the code sends: whatever is an `Answer` keeps to the schema, or this does not
 * compile. Tests hold real answers to it.
 */
export function documents<Answer>() {
  return <Schema extends z.ZodMiniType>(
    schema: Plain<Answer> extends z.output<Schema> ? Schema : { readonly "the answer is none of this schema": Answer },
  ): Schema =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the other arm is only there to name the mistake
    schema as Schema;
}
