import * as z from "zod/mini";
import { list, optional, reference, tagged, text } from "./schema.ts";

/** Each input is a call of its own: as many as a chat may have choices. */
const MOST_INPUTS = 128;

const part = tagged("type", {
  text: z.object({ type: z.literal("text"), text }),
  image_url: z.object({ type: z.literal("image_url"), image_url: z.unknown() }),
});

const bounds = { least: 1, most: MOST_INPUTS };

/** The body of `POST /v1/moderations`. */
export const moderationRequest = z.object({
  /** One text, several, or the parts of one. */
  input: z.union([text, list(text, bounds), list(part, bounds)]),
  model: optional(reference),
  /** The gateway's own: models that are tried in this order, after `model`. */
  models: optional(list(reference, { most: 8 })),
});

export type ModerationRequest = z.infer<typeof moderationRequest>;
