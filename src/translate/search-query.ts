import type * as z from "zod/mini";
import { object } from "../config/reader.ts";
import { omittable } from "../openai/object-schema.ts";
import { mapped, matching, oneOf, text } from "../openai/schema.ts";

const written = omittable(text);

/** Whole numbers from 1 on, as a query writes them. */
const count = omittable(mapped(matching(/^[1-9]\d{0,5}$/, "a whole number from 1 on"), Number));

const flag = omittable(mapped(oneOf("true", "false"), (value) => value === "true"));

/** The query of the search of models, in Cloudflare's own names. */
export const searchQuery = object({
  author: written,
  hide_experimental: flag,
  page: count,
  per_page: count,
  search: written,
  source: count,
  task: written,
});

export type SearchQuery = z.infer<typeof searchQuery>;
