import * as z from "zod/mini";
import { reference } from "./schema.ts";

/** Queries of URLs. Whatever is in one is text. */

/** A whole number, written as one. */
function wholeText(least: number, most: number) {
  return z.pipe(
    z.string(),
    z.transform((text: string, { issues }): number => {
      const value = /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
      if (value === undefined) issues.push({ code: "invalid_type", expected: "int", input: text });
      else if (value < least)
        issues.push({ code: "too_small", origin: "int", minimum: least, inclusive: true, input: text });
      else if (value > most)
        issues.push({ code: "too_big", origin: "int", maximum: most, inclusive: true, input: text });
      else return value;
      return z.NEVER;
    }),
  );
}

/** The part of a list that is asked for: OpenAI's lists begin with the newest unless told otherwise. */
export const listQuery = z.object({
  limit: z._default(wholeText(1, 100), 20),
  order: z._default(z.literal(["asc", "desc"]), "desc"),
  after: z.optional(reference),
});

export type ListQuery = z.infer<typeof listQuery>;

/** How a response is asked for. */
export const retrieveQuery = z.object({
  stream: z._default(z.literal(["true", "false"]), "false"),
  starting_after: z.optional(wholeText(0, Number.MAX_SAFE_INTEGER)),
});
