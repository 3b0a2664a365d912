import * as z from "zod/mini";
import { parseJson } from "../json.ts";

/**
 * Kinds of environment variables. Each arrives as text, or as the JSON value that a configuration file or the dashboard
 * may give it. No message quotes a value: it may be a secret under the wrong name.
 */

export const flag = z.pipe(
  z.union([z.boolean(), z.enum(["true", "false"])], { error: "expected true or false" }),
  z.transform((value) => value === true || value === "true"),
);

export function whole(least: number, most: number) {
  const error = `expected a whole number from ${least} to ${most}`;
  return z.pipe(
    z.union([z.string(), z.number()], { error }),
    z.transform((value: string | number, context): number => {
      const number = typeof value === "number" ? value : /^\d{1,12}$/.test(value.trim()) ? Number(value) : Number.NaN;
      if (Number.isInteger(number) && number >= least && number <= most) return number;
      context.issues.push({ code: "custom", message: error, input: value });
      return z.NEVER;
    }),
  );
}

/** A value of `schema`, or JSON text of one; `expected` is what the message says it should have been. */
export function json<Schema extends z.ZodMiniType>(schema: Schema, expected: string) {
  return z.pipe(
    z.unknown(),
    z.transform((value: unknown, context): z.output<Schema> => {
      const result = schema.safeParse(typeof value === "string" ? parseJson(value) : value);
      if (result.success) return result.data;
      context.issues.push({ code: "custom", message: `expected ${expected}`, input: value });
      return z.NEVER;
    }),
  );
}

const ORIGIN = /^(?:\*|[a-z][a-z0-9+.-]*:\/\/[^/\s,]+)$/;

/** `*`, or origins separated by commas; none where the text is empty. Browsers write origins in lower case. */
export const origins = z.pipe(
  z.union([z.string(), z.array(z.string())], { error: "expected origins separated by commas" }),
  z.transform((value: string | string[], context): string[] => {
    const texts = (typeof value === "string" ? value.split(/[,\s]/) : value)
      .map((text) => text.trim().toLowerCase().replace(/\/$/, ""))
      .filter((text) => text !== "");
    const wrong = texts.findIndex((text) => !ORIGIN.test(text));
    if (wrong === -1) return texts;
    context.issues.push({
      code: "custom",
      message: `entry ${wrong + 1} is neither * nor like https://app.example`,
      input: value,
    });
    return z.NEVER;
  }),
);
