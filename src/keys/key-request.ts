import * as z from "zod/mini";
import { boolean, integer, list, number, oneOf, optional } from "../openai/schema.ts";
import { parseDuration } from "./duration.ts";
import { isKeyId } from "./key-token.ts";

/**
 * What the admin API takes. A member that it does not know is refused: a limit with a typing error in its name would be
 * a key without that limit.
 */

/** A name never begins like a key: somebody who swaps the two would find the key in every log. */
const keyName = z.string().check(
  z.regex(/^(?!sk-)[A-Za-z0-9_.-]{1,64}$/, {
    error: "expected 1 to 64 letters, digits, dots, dashes or underscores, not beginning with 'sk-'",
  }),
);

const modelPattern = z
  .string()
  .check(z.regex(/^[\x21-\x7e]{1,200}$/, { error: "expected a model, or a pattern with * such as '@cf/meta/*'" }));

const duration = z
  .string()
  .check(
    z.refine((text) => parseDuration(text) !== undefined, { error: "expected a duration such as '12h' or '30d'" }),
  );

const DATE_TIME = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/;

/** A time, or how far from now it is. */
const expiry = z.pipe(
  z.string(),
  z.transform((text: string, context): string => {
    const length = parseDuration(text);
    const time = length === undefined ? (DATE_TIME.test(text) ? Date.parse(text) : Number.NaN) : Date.now() + length;
    if (time > Date.now()) return new Date(time).toISOString();
    const message = Number.isNaN(time)
      ? "expected a time such as '2027-01-31T12:00:00Z', or a duration such as '30d'"
      : "expected a time to come; to end a key now, block it";
    context.issues.push({ code: "custom", message, input: text });
    return z.NEVER;
  }),
);

/** OpenAI's bounds. */
const metadata = z
  .record(z.string().check(z.minLength(1), z.maxLength(64)), z.string().check(z.maxLength(512)))
  .check(z.refine((members) => Object.keys(members).length <= 16, { error: "expected at most 16 members" }));

const limit = z.nullable(integer({ least: 1, most: 1_000_000_000 }));

const members = {
  models: z.optional(z.nullable(list(modelPattern, { most: 100 }))),
  rpm: z.optional(limit),
  tpm: z.optional(limit),
  max_parallel_requests: z.optional(limit),
  max_budget: z.optional(z.nullable(number(0, 1_000_000_000))),
  budget_duration: z.optional(z.nullable(duration)),
  expires: z.optional(z.nullable(expiry)),
  metadata: z.optional(z.nullable(metadata)),
  blocked: z.optional(boolean),
};

export const newKey = z.strictObject({ name: keyName, ...members });

export const keyChanges = z.strictObject({ name: z.optional(keyName), ...members });

export const rotation = z.strictObject({
  /** How long the secret before is still good. */
  grace_period: optional(duration),
});

/** A number in a query. */
const pageSize = z.pipe(
  z.string(),
  z.transform((text: string, context): number => {
    const size = /^\d{1,3}$/.test(text) ? Number(text) : 0;
    if (size >= 1 && size <= 100) return size;
    context.issues.push({ code: "custom", message: "expected a whole number from 1 to 100", input: text });
    return z.NEVER;
  }),
);

const keyId = z.string().check(z.refine(isKeyId, { error: "expected the id of a key" }));

const pageMembers = {
  limit: z._default(pageSize, 20),
  after: optional(keyId),
  order: z._default(oneOf("asc", "desc"), "desc"),
};

export const pageQuery = z.object(pageMembers);

const day = z.string().check(
  z.refine((text) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)), {
    error: "expected a day such as '2026-11-26'",
  }),
);

const periodMembers = { start: optional(day), end: optional(day) };

export const usageQuery = z.object(periodMembers);

export const usagePageQuery = z.object({ ...pageMembers, ...periodMembers });
