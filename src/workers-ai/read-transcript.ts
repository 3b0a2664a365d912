import { isRecord } from "../json.ts";
import type { JsonRecord } from "../json.ts";
import type { RawAnswer } from "./raw-answer.ts";
import { readJsonAnswer, unusableAnswerError } from "./read-json.ts";

/** What was heard. Whatever the upstream did not tell is `undefined`. Times are seconds from the beginning. */
export interface Transcript {
  readonly text: string;
  readonly language: string | undefined;
  /** Of the whole recording. */
  readonly duration: number | undefined;
  readonly words: readonly TimedText[];
  readonly segments: readonly TranscriptSegment[];
}

export interface TimedText {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface TranscriptSegment extends TimedText {
  readonly temperature: number | undefined;
  readonly averageLogprob: number | undefined;
  readonly compressionRatio: number | undefined;
  readonly noSpeechProbability: number | undefined;
}

/** The answer of a Whisper model. Silence is an empty text; an answer without one cannot be used. */
export async function readTranscript(answer: RawAnswer): Promise<Transcript> {
  return toTranscript(await readJsonAnswer(answer));
}

/** The same for an answer that has been read. */
export function toTranscript(body: JsonRecord): Transcript {
  const value = isRecord(body["result"]) ? body["result"] : body;
  const { text, transcription_info: told, words, segments } = value;
  if (typeof text !== "string") throw unusableAnswerError();
  const info = isRecord(told) ? told : {};
  const parts = toRecords(segments);
  const ownWords = toRecords(words).flatMap(toWord);
  return {
    text,
    language: typeof info["language"] === "string" && info["language"] !== "" ? info["language"] : undefined,
    duration: readNumber(info["duration"]),
    words: ownWords.length > 0 ? ownWords : parts.flatMap((part) => toRecords(part["words"]).flatMap(toWord)),
    segments: parts.flatMap(toSegment),
  };
}

function toWord(value: JsonRecord): readonly TimedText[] {
  return toTimed(value, value["word"]);
}

function toSegment(value: JsonRecord): readonly TranscriptSegment[] {
  return toTimed(value, value["text"]).map((timed) => ({
    ...timed,
    temperature: readNumber(value["temperature"]),
    averageLogprob: readNumber(value["avg_logprob"]),
    compressionRatio: readNumber(value["compression_ratio"]),
    noSpeechProbability: readNumber(value["no_speech_prob"]),
  }));
}

/** Nothing where a time is missing: it is what these are read for. */
function toTimed(value: JsonRecord, text: unknown): readonly TimedText[] {
  const start = readNumber(value["start"]);
  const end = readNumber(value["end"]);
  return typeof text === "string" && start !== undefined && end !== undefined ? [{ text, start, end }] : [];
}

function toRecords(value: unknown): readonly JsonRecord[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function readNumber(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
