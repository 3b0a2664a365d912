import type * as z from "zod/mini";
import { object } from "../config/reader.ts";
import { either, number, oneOf, optional, reference, sizedText, unread } from "./schema.ts";

/** The body of `POST /v1/audio/speech`. */

/** OpenAI's own bound on a text. */
const MAX_CHARACTERS = 4096;

export const speechRequest = object({
  model: reference,
  input: sizedText({ least: 1, most: MAX_CHARACTERS }),
  /** A name, or the id of a voice of the caller's own. */
  voice: either(reference, object({ id: reference })),
  response_format: optional(oneOf("mp3", "opus", "aac", "flac", "wav", "pcm")),
  speed: optional(number(0.25, 4)),
  stream_format: optional(oneOf("sse", "audio")),
  instructions: unread,
});

export type SpeechRequest = z.infer<typeof speechRequest>;
export type SpeechFormat = NonNullable<SpeechRequest["response_format"]>;
