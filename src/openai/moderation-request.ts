import type * as z from "zod/mini";
import { object } from "../config/reader.ts";
import { either, list, oneOf, optional, reference, tagged, text, unread } from "./schema.ts";

/** Each input is a call of its own: as many as a chat may have choices. */
const MOST_INPUTS = 128;

const part = tagged("type", {
  text: object({ type: oneOf("text"), text }),
  image_url: object({ type: oneOf("image_url"), image_url: unread }),
});

const bounds = { least: 1, most: MOST_INPUTS };

/** The body of `POST /v1/moderations`. */
export const moderationRequest = object({
  /** One text, several, or the parts of one. */
  input: either(text, list(text, bounds), list(part, bounds)),
  model: optional(reference),
  /** The gateway's own: models that are tried in this order, after `model`. */
  models: optional(list(reference, { most: 8 })),
});

export type ModerationRequest = z.infer<typeof moderationRequest>;
