import * as z from "zod/mini";
import { notes } from "../json-schema.ts";

/** Members that many answers have. */

export const count = z.int().check(z.minimum(0));

export const unixSeconds = noted(z.int(), "Unix time in seconds.");

/** The schema with a description. It is a schema of its own, so that `schema` may stand elsewhere without it. */
export function noted<Schema extends z.ZodMiniType>(schema: Schema, description: string): Schema {
  const copy = z.clone(schema);
  notes.add(copy, { description });
  return copy;
}
