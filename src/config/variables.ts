import type * as z from "zod/mini";
import { parseJson } from "../json.ts";
import { reader, refuse, toSchema } from "./reader.ts";

/**
 * Kinds of environment variables. Each arrives as text, or as the JSON value that a configuration file or the dashboard
 * may give it. No message quotes a value: it may be a secret under the wrong name.
 */

/** A secret that is not set where its text is empty, which is how a dashboard unsets one. */
export function unlessEmpty<Value>(schema: z.ZodMiniType<Value>): z.ZodMiniType<Value | undefined> {
  return toSchema((payload, context) => {
    if (payload.value !== "") return schema._zod.run(payload, context);
    payload.value = undefined;
    return payload;
  });
}

export const flag = reader((value, issues): boolean => {
  if (typeof value === "boolean") return value;
  if (value === "true" || value === "false") return value === "true";
  return refuse(issues, value, "expected true or false");
});

/** A text of a form; `expected` is what the message says it should have been. */
export function text(form: RegExp, expected: string): z.ZodMiniType<string> {
  return reader((value, issues): string => {
    if (typeof value !== "string") return refuse(issues, value, "expected text");
    return form.test(value) ? value : refuse(issues, value, `expected ${expected}`);
  });
}

export function whole(least: number, most: number): z.ZodMiniType<number> {
  return reader((value, issues): number => {
    const number = typeof value === "string" && /^\d{1,12}$/.test(value.trim()) ? Number(value) : value;
    if (typeof number === "number" && Number.isInteger(number) && number >= least && number <= most) return number;
    return refuse(issues, value, `expected a whole number from ${least} to ${most}`);
  });
}

/** A value of a form, or JSON text of one; `expected` is what the message says it should have been. */
export function json<Value>(isValue: (value: unknown) => value is Value, expected: string): z.ZodMiniType<Value> {
  return reader((value, issues): Value => {
    const parsed = typeof value === "string" ? parseJson(value) : value;
    return isValue(parsed) ? parsed : refuse(issues, value, `expected ${expected}`);
  });
}

const ORIGIN = /^(?:\*|[a-z][a-z0-9+.-]*:\/\/[^/\s,]+)$/;

/** `*`, or origins separated by commas; none where the text is empty. Browsers write origins in lower case. */
export const origins = reader((value, issues): readonly string[] => {
  const entries: unknown = typeof value === "string" ? value.split(/[,\s]/) : value;
  if (!isTexts(entries)) return refuse(issues, value, "expected origins separated by commas");
  const texts = entries.map((entry) => entry.trim().toLowerCase().replace(/\/$/, "")).filter((entry) => entry !== "");
  const wrong = texts.findIndex((entry) => !ORIGIN.test(entry));
  if (wrong === -1) return texts;
  return refuse(issues, value, `entry ${wrong + 1} is neither * nor like https://app.example`);
});

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((member) => typeof member === "string");
}
