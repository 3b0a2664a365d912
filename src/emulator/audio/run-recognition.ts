import { fromBase64 } from "../../stream/base64.ts";
import type { WorkersAiError } from "../error-body.ts";
import { arrayOf, stringOf, type JsonObject } from "../json-value.ts";
import { hashText } from "../language/random.ts";
import type { EmulatedModel } from "../model-table.ts";
import { findText } from "./spoken-text.ts";
import { wavSeconds } from "./wav.ts";

/** What is heard in sound that the emulator did not speak: something, the same each time. */
const HEARD = [
  "Good morning, and welcome back.",
  "The train leaves at noon from the other side.",
  "Please write this down before you forget it.",
  "It rained all night, and then the sun came out.",
];

/** Seconds of a minute's MP3 at 128 kbit/s, for sound whose length cannot be told. */
const BYTES_PER_SECOND = 16_000;

/** The transcript of a recording, with a time for each word. */
export function runRecognition({ entry }: EmulatedModel, inputs: JsonObject): object | WorkersAiError {
  const audio = readAudio(inputs.audio);
  if (audio === undefined) return { code: 5004, status: 400, description: "Invalid base64 input" };
  if (audio.length === 0)
    return { code: 3010, status: 400, description: "Invalid or incomplete input for the model: audio is empty" };
  const said = findText(audio) ?? HEARD[hashText(String.fromCharCode(...audio.subarray(0, 4096))) % HEARD.length] ?? "";
  const isTranslation = inputs.task === "translate";
  const text = isTranslation ? `In English: ${said}` : said;
  const duration = Number((wavSeconds(audio) ?? audio.length / BYTES_PER_SECOND).toFixed(2));
  const words = toWords(text, duration);
  const common = { text, word_count: words.length, vtt: toVtt(text, duration) };
  if (entry.abilities.hearing?.takesDirections !== true) return { ...common, words };
  const language = isTranslation ? "en" : (stringOf(inputs.language) ?? "en");
  return {
    transcription_info: { language, language_probability: 1, duration, duration_after_vad: duration },
    ...common,
    segments: [
      {
        start: 0,
        end: duration,
        text,
        temperature: 0,
        avg_logprob: -0.2,
        compression_ratio: 1.1,
        no_speech_prob: 0.01,
        words,
      },
    ],
  };
}

function readAudio(audio: unknown): Uint8Array | undefined {
  if (typeof audio === "string") return fromBase64(audio);
  return Uint8Array.from(arrayOf(audio), (byte) => Number(byte));
}

interface Word {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** Every word gets its share of the time. */
function toWords(text: string, duration: number): readonly Word[] {
  const words = text.split(/\s+/).filter((word) => word !== "");
  return words.map((word, index) => ({
    word,
    start: Number(((duration * index) / words.length).toFixed(2)),
    end: Number(((duration * (index + 1)) / words.length).toFixed(2)),
  }));
}

function toVtt(text: string, duration: number): string {
  const time = new Date(duration * 1000).toISOString().slice(11, 23);
  return `WEBVTT\n\n00:00:00.000 --> ${time}\n${text}\n`;
}
