import type * as z from "zod/mini";
import { object } from "../config/reader.ts";
import { list, mapped, matching, oneOf, optional, reference, text } from "./schema.ts";

/** The fields of the forms of `POST /v1/audio/transcriptions` and `/translations`, as texts; the file is not among them. */

const formats = ["json", "text", "srt", "verbose_json", "vtt"] as const;

const flag = mapped(optional(oneOf("true", "false")), (written) => written === "true");

/** A number in the text of a form. */
const temperature = mapped(optional(matching(/^(?:0(?:\.\d+)?|1(?:\.0+)?)$/, "a number from 0 to 1")), (written) =>
  written === undefined ? undefined : Number(written),
);

const texts = optional(list(text));

const spoken = {
  model: reference,
  prompt: optional(text),
  response_format: optional(oneOf(...formats)),
  temperature,
};

export const transcriptionRequest = object({
  ...spoken,
  language: optional(text),
  timestamp_granularities: optional(list(oneOf("word", "segment"))),
  stream: flag,
  chunking_strategy: optional(text),
  include: texts,
  keywords: texts,
  known_speaker_names: texts,
  known_speaker_references: texts,
  languages: texts,
});

export const translationRequest = object(spoken);

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
