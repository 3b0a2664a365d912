import type { ImagesResponse } from "openai/resources/images";
import * as z from "zod/mini";
import type { toTranscription, toVerboseTranscription } from "../../translate/transcription.ts";
import { documents } from "./documents.ts";
import { count, noted, unixSeconds } from "./members.ts";

/** What images and sound answer with, where that is JSON. */

export const images = documents<ImagesResponse & Required<Pick<ImagesResponse, "data">>>()(
  z.object({
    created: unixSeconds,
    data: z.array(
      z.object({ b64_json: z.optional(z.string()), url: z.optional(noted(z.string(), "Good for an hour.")) }),
    ),
    output_format: z.optional(z.enum(["png", "jpeg", "webp", "gif", "svg"])),
  }),
);

const usage = z.optional(z.object({ type: z.literal("duration"), seconds: z.number() }));

export const transcription = documents<ReturnType<typeof toTranscription>, "usage">()(
  z.object({ text: z.string(), usage }),
);

const segment = z.object({
  id: z.optional(count),
  seek: z.optional(noted(z.int(), "Hundredths of a second.")),
  start: z.optional(z.number()),
  end: z.optional(z.number()),
  text: z.optional(z.string()),
  tokens: z.optional(noted(z.array(z.int()), "Always empty.")),
  temperature: z.optional(z.number()),
  avg_logprob: z.optional(z.number()),
  compression_ratio: z.optional(z.number()),
  no_speech_prob: z.optional(z.number()),
});

export const verboseTranscription = documents<ReturnType<typeof toVerboseTranscription>, "text">()(
  noted(
    z.object({
      task: z.enum(["transcribe", "translate"]),
      language: z.optional(z.string()),
      duration: z.optional(noted(z.number(), "Seconds.")),
      text: z.string(),
      segments: z.optional(z.array(segment)),
      words: z.optional(z.array(z.object({ word: z.string(), start: z.number(), end: z.number() }))),
      usage,
    }),
    "What the model does not tell is left out.",
  ),
);

export const transcriptionEvent = z.union([
  z.object({ type: z.literal("transcript.text.delta"), delta: z.string() }),
  z.object({ type: z.literal("transcript.text.done"), text: z.string() }),
]);
