import * as z from "zod/mini";
import { object, withDefault } from "../config/reader.ts";
import { omittable } from "./object-schema.ts";
import { isWithin, mapped, oneOf, reference, text } from "./schema.ts";

/** Queries of URLs. Whatever is in one is text. */

/** A whole number, written as one. */
function wholeText(least: number, most: number) {
  return mapped(text, (written, issues): number => {
    const value = Number(written);
    if (/^-?\d{1,15}$/.test(written)) {
      return isWithin(value, { least, most, origin: "int" }, written, issues) ? value : z.NEVER;
    }
    issues.push({ code: "invalid_type", expected: "int", input: written });
    return z.NEVER;
  });
}

/** The part of a list that is asked for: OpenAI's lists begin with the newest unless told otherwise. */
export const listQuery = object({
  limit: withDefault(wholeText(1, 100), 20),
  order: withDefault(oneOf("asc", "desc"), "desc"),
  after: omittable(reference),
});

export type ListQuery = z.infer<typeof listQuery>;

/** How a response is asked for. */
export const retrieveQuery = object({
  stream: withDefault(oneOf("true", "false"), "false"),
  starting_after: omittable(wholeText(0, Number.MAX_SAFE_INTEGER)),
});
