import * as z from "zod/mini";
import { object } from "../config/reader.ts";
import { oneOf, reference, text } from "./schema.ts";

/** Queries of URLs. Whatever is in one is text. */

/** A whole number, written as one. */
function wholeText(least: number, most: number) {
  return z.pipe(
    text,
    z.transform((written: string, { issues }): number => {
      const value = /^-?\d{1,15}$/.test(written) ? Number(written) : undefined;
      if (value === undefined) issues.push({ code: "invalid_type", expected: "int", input: written });
      else if (value < least)
        issues.push({ code: "too_small", origin: "int", minimum: least, inclusive: true, input: written });
      else if (value > most)
        issues.push({ code: "too_big", origin: "int", maximum: most, inclusive: true, input: written });
      else return value;
      return z.NEVER;
    }),
  );
}

/** The part of a list that is asked for: OpenAI's lists begin with the newest unless told otherwise. */
export const listQuery = object({
  limit: z._default(wholeText(1, 100), 20),
  order: z._default(oneOf("asc", "desc"), "desc"),
  after: z.optional(reference),
});

export type ListQuery = z.infer<typeof listQuery>;

/** How a response is asked for. */
export const retrieveQuery = object({
  stream: z._default(oneOf("true", "false"), "false"),
  starting_after: z.optional(wholeText(0, Number.MAX_SAFE_INTEGER)),
});
