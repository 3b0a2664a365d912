import type * as z from "zod/mini";
import { object, refuse, withDefault } from "../config/reader.ts";
import { closedObject, omittable, pairs } from "../openai/object-schema.ts";
import {
  boolean,
  integer,
  list,
  mapped,
  matching,
  nullable,
  number,
  oneOf,
  optional,
  sizedText,
  text,
} from "../openai/schema.ts";
import { parseDuration } from "./duration.ts";
import { isKeyId } from "./key-token.ts";

/**
 * What the admin API takes. A member that it does not know is refused: a limit with a typing error in its name would be
 * a key without that limit.
 */

/** A name never begins like a key: somebody who swaps the two would find the key in every log. */
const keyName = matching(
  /^(?!sk-)[A-Za-z0-9_.-]{1,64}$/,
  "1 to 64 letters, digits, dots, dashes or underscores, not beginning with 'sk-'",
);

const modelPattern = matching(/^[\x21-\x7e]{1,200}$/, "a model, or a pattern with * such as '@cf/meta/*'");

/** A text of which a function says whether it is right. */
function approved(isRight: (written: string) => boolean, expected: string): z.ZodMiniType<string> {
  return mapped(text, (written, issues) =>
    isRight(written) ? written : refuse(issues, written, `expected ${expected}`),
  );
}

const duration = approved((written) => parseDuration(written) !== undefined, "a duration such as '12h' or '30d'");

const DATE_TIME = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/;

/** A time, or how far from now it is. */
const expiry = mapped(text, (written, issues): string => {
  const length = parseDuration(written);
  const time =
    length === undefined ? (DATE_TIME.test(written) ? Date.parse(written) : Number.NaN) : Date.now() + length;
  if (time > Date.now()) return new Date(time).toISOString();
  const message = Number.isNaN(time)
    ? "expected a time such as '2027-01-31T12:00:00Z', or a duration such as '30d'"
    : "expected a time to come; to end a key now, block it";
  return refuse(issues, written, message);
});

/** OpenAI's bounds. */
const metadata = pairs({ names: sizedText({ least: 1, most: 64 }), values: sizedText({ most: 512 }), most: 16 });

const limit = omittable(nullable(integer({ least: 1, most: 1_000_000_000 })));

const members = {
  models: omittable(nullable(list(modelPattern, { most: 100 }))),
  rpm: limit,
  tpm: limit,
  max_parallel_requests: limit,
  max_budget: omittable(nullable(number(0, 1_000_000_000))),
  budget_duration: omittable(nullable(duration)),
  expires: omittable(nullable(expiry)),
  metadata: omittable(nullable(metadata)),
  blocked: omittable(boolean),
};

export const newKey = closedObject({ name: keyName, ...members });

export const keyChanges = closedObject({ name: omittable(keyName), ...members });

export const rotation = closedObject({
  /** How long the secret before is still good. */
  grace_period: optional(duration),
});

/** A number in a query. */
const pageSize = mapped(text, (written, issues): number => {
  const size = /^\d{1,3}$/.test(written) ? Number(written) : 0;
  return size >= 1 && size <= 100 ? size : refuse(issues, written, "expected a whole number from 1 to 100");
});

const pageMembers = {
  limit: withDefault(pageSize, 20),
  after: optional(approved(isKeyId, "the id of a key")),
  order: withDefault(oneOf("asc", "desc"), "desc"),
};

export const pageQuery = object(pageMembers);

const day = approved(
  (written) => /^\d{4}-\d\d-\d\d$/.test(written) && !Number.isNaN(Date.parse(written)),
  "a day such as '2026-11-26'",
);

const periodMembers = { start: optional(day), end: optional(day) };

export const usageQuery = object(periodMembers);

export const usagePageQuery = object({ ...pageMembers, ...periodMembers });
