import { GatewayError } from "../errors.ts";
import type { TimedText, Transcript } from "../workers-ai/read-transcript.ts";

/** A line of subtitles stays as long as this and no longer than these bounds, so that it can be read. */
const MAX_LINE_SECONDS = 7;
const MAX_LINE_LENGTH = 80;
/** Seconds of silence that part two lines. */
const PAUSE_SECONDS = 1;

/**
 * The transcript as lines with times: the segments that the model made, else lines made of its words. Throws where it
 * told no times.
 */
export function toLines({ text, segments, words }: Transcript): readonly TimedText[] {
  if (segments.length > 0) return segments.map((segment) => ({ ...segment, text: segment.text.trim() }));
  if (words.length > 0) return joinWords(words);
  if (text.trim() === "") return [];
  throw new GatewayError("upstream_failed", "The model told no times, which subtitles need.");
}

function joinWords(words: readonly TimedText[]): readonly TimedText[] {
  const lines: TimedText[] = [];
  let line: TimedText | undefined;
  for (const word of words) {
    const text = word.text.trim();
    if (line === undefined || isFull(line, word)) {
      if (line !== undefined) lines.push(line);
      line = { ...word, text };
    } else {
      line = { text: `${line.text} ${text}`, start: line.start, end: word.end };
    }
  }
  return line === undefined ? lines : [...lines, line];
}

function isFull(line: TimedText, next: TimedText): boolean {
  return (
    /[.!?…。！？]$/.test(line.text) ||
    next.start - line.end > PAUSE_SECONDS ||
    next.end - line.start > MAX_LINE_SECONDS ||
    line.text.length + next.text.length >= MAX_LINE_LENGTH
  );
}

export function toSrt(lines: readonly TimedText[]): string {
  return lines
    .map(({ text, start, end }, index) => `${index + 1}\n${toTime(start, ",")} --> ${toTime(end, ",")}\n${text}\n\n`)
    .join("");
}

export function toVtt(lines: readonly TimedText[]): string {
  return `WEBVTT\n\n${lines.map(({ text, start, end }) => `${toTime(start, ".")} --> ${toTime(end, ".")}\n${text}\n\n`).join("")}`;
}

/** `01:02:03,456`; the two formats differ in the mark before the milliseconds. */
function toTime(seconds: number, mark: "," | "."): string {
  const all = Math.round(Math.max(0, seconds) * 1000);
  return `${pad(all / 3_600_000, 2)}:${pad((all / 60_000) % 60, 2)}:${pad((all / 1000) % 60, 2)}${mark}${pad(all % 1000, 3)}`;
}

function pad(value: number, length: number): string {
  return String(Math.floor(value)).padStart(length, "0");
}
