import * as z from "zod/mini";
import { object } from "../config/reader.ts";
import { inputItem } from "./responses-item.ts";
import { list, optional } from "./schema.ts";

/** The bodies of the requests about conversations. */

const MOST_PAIRS = 16;

const metadata = z
  .record(z.string().check(z.maxLength(64)), z.string().check(z.maxLength(512)))
  .check(
    z.refine((value) => Object.keys(value).length <= MOST_PAIRS, { error: `expected at most ${MOST_PAIRS} pairs` }),
  );

const items = list(inputItem, { most: 20 });

export const conversationRequest = object({ items: optional(items), metadata: optional(metadata) });
export const conversationUpdate = object({ metadata: optional(metadata) });
export const conversationItems = object({ items });
