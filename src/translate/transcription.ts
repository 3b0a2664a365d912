import type { Transcription, TranscriptionSegment, TranscriptionVerbose } from "openai/resources/audio/transcriptions";
import { encodeSseData } from "../stream/sse-encoder.ts";
import type { Transcript } from "../workers-ai/read-transcript.ts";
import { toLines } from "./subtitles.ts";

/** What the model did not tell is left out, also where OpenAI always tells it. */
type VerboseAnswer = Partial<Omit<TranscriptionVerbose, "segments">> & {
  readonly task: "transcribe" | "translate";
  readonly segments?: readonly Partial<TranscriptionSegment>[];
};

type Granularity = "word" | "segment";

/** Whisper counts in frames of a hundredth of a second. */
const FRAMES_PER_SECOND = 100;

export function toTranscription({ text, duration }: Transcript): Transcription {
  return { text: text.trim(), ...toUsage(duration) };
}

export function toVerboseTranscription(
  transcript: Transcript,
  task: VerboseAnswer["task"],
  granularities: readonly Granularity[],
): VerboseAnswer {
  const { text, language, duration, words } = transcript;
  return {
    task,
    ...(language !== undefined && { language }),
    ...(duration !== undefined && { duration }),
    text: text.trim(),
    ...(granularities.includes("segment") && { segments: toSegments(transcript) }),
    ...(granularities.includes("word") && {
      words: words.map(({ text: word, start, end }) => ({ word: word.trim(), start, end })),
    }),
    ...toUsage(duration),
  };
}

/** Where the model made no segments the lines of its words stand for them, without the model's figures. */
function toSegments(transcript: Transcript): readonly Partial<TranscriptionSegment>[] {
  const { segments } = transcript;
  const lines = segments.length > 0 || transcript.words.length === 0 ? segments : toLines(transcript);
  return lines.map((line, id) => ({
    id,
    seek: Math.round(line.start * FRAMES_PER_SECOND),
    start: line.start,
    end: line.end,
    text: line.text,
    // Token ids are those of a tokeniser that nobody here runs.
    tokens: [],
    ...("temperature" in line && toFigures(segments[id])),
  }));
}

function toFigures(segment: Transcript["segments"][number] | undefined): Partial<TranscriptionSegment> {
  if (segment === undefined) return {};
  const { temperature, averageLogprob, compressionRatio, noSpeechProbability } = segment;
  return {
    ...(temperature !== undefined && { temperature }),
    ...(averageLogprob !== undefined && { avg_logprob: averageLogprob }),
    ...(compressionRatio !== undefined && { compression_ratio: compressionRatio }),
    ...(noSpeechProbability !== undefined && { no_speech_prob: noSpeechProbability }),
  };
}

/** The whole text as one piece: Workers AI hears a recording to its end before it writes. */
export function toTranscriptionStream(transcript: Transcript): string {
  const { text } = toTranscription(transcript);
  const delta = text === "" ? "" : encodeSseData(JSON.stringify({ type: "transcript.text.delta", delta: text }));
  return delta + encodeSseData(JSON.stringify({ type: "transcript.text.done", text }));
}

function toUsage(duration: number | undefined): { usage?: { type: "duration"; seconds: number } } {
  return duration === undefined ? {} : { usage: { type: "duration", seconds: duration } };
}
