import * as z from "zod/mini";
import { optional, reference } from "./schema.ts";

/** The fields of the forms of `POST /v1/audio/transcriptions` and `/translations`, as texts; the file is not among them. */

const formats = ["json", "text", "srt", "verbose_json", "vtt"] as const;

const flag = z.pipe(
  optional(z.literal(["true", "false"])),
  z.transform((text: "true" | "false" | undefined) => text === "true"),
);

/** A number in the text of a form. */
const temperature = z.pipe(
  optional(z.string().check(z.regex(/^(?:0(?:\.\d+)?|1(?:\.0+)?)$/, { error: "expected a number from 0 to 1" }))),
  z.transform((text: string | undefined) => (text === undefined ? undefined : Number(text))),
);

const texts = optional(z.array(z.string()));

const spoken = {
  model: reference,
  prompt: optional(z.string()),
  response_format: optional(z.literal(formats)),
  temperature,
};

export const transcriptionRequest = z.object({
  ...spoken,
  language: optional(z.string()),
  timestamp_granularities: optional(z.array(z.literal(["word", "segment"]))),
  stream: flag,
  chunking_strategy: optional(z.string()),
  include: texts,
  keywords: texts,
  known_speaker_names: texts,
  known_speaker_references: texts,
  languages: texts,
});

export const translationRequest = z.object(spoken);

export type TranscriptionRequest = z.infer<typeof transcriptionRequest>;
export type TranslationRequest = z.infer<typeof translationRequest>;

/** The members that are lists: a form has one field for each of their values. */
export const transcriptionLists: ReadonlySet<string> = new Set([
  "timestamp_granularities",
  "include",
  "keywords",
  "known_speaker_names",
  "known_speaker_references",
  "languages",
]);
