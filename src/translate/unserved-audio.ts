import type { TranscriptionRequest } from "../openai/transcription-request.ts";
import type { UnservedParameter } from "./unserved.ts";

const oneVoice = "models do not tell speakers apart";

/** The parameters of a transcription that Workers AI's models cannot serve. */
export const unservedByTranscriptions: readonly UnservedParameter<TranscriptionRequest>[] = [
  {
    name: "include",
    treatment: "refused",
    reason: "models report no log probabilities of speech",
    isAsked: ({ include = [] }) => include.length > 0,
  },
  {
    name: "known_speaker_names",
    treatment: "ignored",
    reason: oneVoice,
    isAsked: (request) => request.known_speaker_names !== undefined,
  },
  {
    name: "known_speaker_references",
    treatment: "ignored",
    reason: oneVoice,
    isAsked: (request) => request.known_speaker_references !== undefined,
  },
  {
    name: "chunking_strategy",
    treatment: "ignored",
    reason: "models decide where they cut; `auto` asks for that",
    isAsked: ({ chunking_strategy: strategy }) => strategy !== undefined && strategy !== "auto",
  },
  {
    name: "keywords",
    treatment: "ignored",
    reason: "models take a prompt",
    isAsked: ({ keywords }) => keywords !== undefined,
  },
  {
    name: "languages",
    treatment: "ignored",
    reason: "models take one language",
    isAsked: ({ languages }) => languages !== undefined,
  },
  {
    name: "timestamp_granularities",
    treatment: "ignored",
    reason: "only `verbose_json` has times",
    isAsked: ({ timestamp_granularities: asked, response_format: format }) =>
      asked !== undefined && format !== "verbose_json",
  },
];
