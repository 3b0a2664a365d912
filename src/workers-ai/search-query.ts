import * as z from "zod/mini";

const text = z.optional(z.string());

/** Whole numbers from 1 on, as a query writes them. */
const count = z.optional(
  z.pipe(
    z.string().check(z.regex(/^[1-9]\d{0,5}$/, { error: "expected a whole number from 1 on" })),
    z.transform(Number),
  ),
);

const flag = z.optional(
  z.pipe(
    z.literal(["true", "false"]),
    z.transform((value) => value === "true"),
  ),
);

/** The query of the search of models, in Cloudflare's own names. */
export const searchQuery = z.object({
  author: text,
  hide_experimental: flag,
  page: count,
  per_page: count,
  search: text,
  source: count,
  task: text,
});

export type SearchQuery = z.infer<typeof searchQuery>;
