import * as fc from "fast-check";
import { dereference } from "./published-schemas.ts";
import type { PublishedSchema } from "./published-schemas.ts";

/** Deeper than any published request; what has no end of itself (`{}` in `{}`) ends here. */
const MAX_DEPTH = 12;

/** Names for the most part: anything else is wrong in so many places that few requests would be right. */
const text = fc.oneof(
  { weight: 20, arbitrary: fc.stringMatching(/^[a-z][a-z0-9_-]{0,11}$/) },
  { weight: 2, arbitrary: fc.string({ maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 6 }) },
);

/** Values that keep to a published schema, small ones mostly: every optional member is there or not, or null where it may be. */
export function arbitraryOf(given: PublishedSchema, depth = 0): fc.Arbitrary<unknown> {
  const schema = dereference(given);
  if (depth > MAX_DEPTH) return fc.constant(null);
  const plain = arbitraryOfPlain(schema, depth);
  return schema.nullable === true ? fc.option(plain, { freq: 4 }) : plain;
}

function arbitraryOfPlain(schema: PublishedSchema, depth: number): fc.Arbitrary<unknown> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const arms = schema.anyOf ?? schema.oneOf;
  if (arms !== undefined) return fc.oneof(...arms.map((arm) => arbitraryOf(arm, depth + 1)));
  if (schema.allOf !== undefined) {
    // Descriptions often stand in a part of their own, of which nothing is left here.
    const [part = {}, ...others] = schema.allOf.filter((member) => Object.keys(member).length > 0);
    if (others.length === 0) return arbitraryOf(part, depth);
    return fc
      .tuple(...[part, ...others].map((member) => arbitraryOf(member, depth)))
      .map((parts) => Object.assign({}, ...parts));
  }
  switch (schema.type) {
    case "null":
      return fc.constant(null);
    case "boolean":
      return fc.boolean();
    case "integer":
      return fc.integer({
        min: Math.ceil(toInt(schema.minimum ?? 1)),
        max: Math.floor(toInt(schema.maximum ?? 100_000)),
      });
    case "number":
      return fc.double({ min: schema.minimum ?? -1e6, max: schema.maximum ?? 1e6, noNaN: true });
    case "string":
      return text;
    case "array":
      return fc.array(arbitraryOf(schema.items ?? {}, depth + 1), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 4, 4),
      });
    case "object":
      return arbitraryOfObject(schema, depth);
    default:
      return schema.properties === undefined ? fc.jsonValue({ maxDepth: 2 }) : arbitraryOfObject(schema, depth);
  }
}

function arbitraryOfObject(schema: PublishedSchema, depth: number): fc.Arbitrary<unknown> {
  const members: Record<string, fc.Arbitrary<unknown>> = {};
  for (const [key, member] of Object.entries(schema.properties ?? {})) members[key] = arbitraryOf(member, depth + 1);
  const known = fc.record(members, {
    requiredKeys: Object.keys(members).filter((key) => schema.required?.includes(key)),
  });
  const { additionalProperties: additional } = schema;
  if (additional === false || additional === undefined) return known;
  const value = additional === true ? fc.jsonValue({ maxDepth: 2 }) : arbitraryOf(additional, depth + 1);
  const extra = fc.dictionary(fc.string({ maxLength: 12 }), value, { maxKeys: 3, noNullPrototype: true });
  return fc.tuple(extra, known).map(([others, own]) => ({ ...others, ...own }));
}

/** 64-bit bounds are wider than what the generator draws from. */
function toInt(bound: number): number {
  return Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, bound));
}
