import type * as z from "zod/mini";
import { object } from "../config/reader.ts";
import {
  boolean,
  integer,
  list,
  mapped,
  matching,
  number,
  oneOf,
  optional,
  reference,
  sizedText,
  text,
  unread,
} from "./schema.ts";

/** The body of `POST /v1/images/generations`. */

/** `1024x1024`, or `auto`. */
const size = mapped(optional(matching(/^(?:auto|[1-9]\d{0,3}x[1-9]\d{0,3})$/, "auto or 1024x1024")), (written) => {
  if (written === undefined || written === "auto") return undefined;
  const [width = 0, height = 0] = written.split("x").map(Number);
  return { width, height };
});

export const imageRequest = object({
  prompt: sizedText({ least: 1 }),
  model: optional(reference),
  n: optional(integer({ least: 1, most: 10 })),
  size,
  quality: optional(oneOf("low", "medium", "high", "xhigh", "max", "auto", "standard", "hd")),
  response_format: optional(oneOf("url", "b64_json")),
  output_format: optional(oneOf("png", "jpeg", "webp", "gif", "svg")),
  background: optional(oneOf("transparent", "opaque", "auto")),
  stream: optional(boolean),
  user: optional(text),
  complexity: unread,
  frame_count: unread,
  frame_duration_ms: unread,
  moderation: unread,
  output_compression: unread,
  partial_images: unread,
  safety_identifier: unread,
  style: unread,
  svg: unread,
  // Workers AI's own parameters, for callers who know the model behind the gateway.
  steps: optional(integer({ least: 1 })),
  seed: optional(integer({ least: 0 })),
  negative_prompt: optional(text),
  guidance: optional(number()),
  /** The gateway's own: models that are tried in this order, after `model`. */
  models: optional(list(reference, { most: 8 })),
});

export type ImageRequest = z.infer<typeof imageRequest>;
