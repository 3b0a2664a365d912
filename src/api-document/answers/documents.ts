import type * as z from "zod/mini";

/** Without `readonly`, which a schema's type does not have. */
type Plain<Value> = Value extends string | number | boolean | null | undefined
  ? Value
  : Value extends readonly (infer Element)[]
    ? Plain<Element>[]
    : Value extends object
      ? { -readonly [Member in keyof Value]: Plain<Value[Member]> }
      : Value;

/**
 * The schema, held to the type of what the code sends: whatever is an `Answer` keeps to the schema, or this does not
 * compile. The members `Wider` are not held: their types, a client's, name more than is ever sent. Tests hold real
 * answers to all of them.
 */
export function documents<Answer, Wider extends keyof Answer = never>() {
  return <Schema extends z.ZodMiniType>(
    schema: Plain<Omit<Answer, Wider>> extends Omit<z.output<Schema>, Wider>
      ? Schema
      : { readonly "the answer is none of this schema": Answer },
  ): Schema =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the other arm is only there to name the mistake
    schema as Schema;
}
