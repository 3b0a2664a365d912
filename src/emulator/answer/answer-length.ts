import type { Random } from "../language/random.ts";
import type { SamplingParameters } from "../language/sampler.ts";

/** Where an answer ends by itself: at the first of the two. */
export interface AnswerLength {
  readonly sentences: number;
  readonly words: number;
}

const UNLIMITED = Number.POSITIVE_INFINITY;
const ENDLESS = /\b(?:never stop|without (?:end|stopping)|forever|keep (?:going|writing|talking))\b/i;
const LONG = /\b(?:long|longer|longest|lengthy|detailed|essay|at length|in detail)\b/i;
// About what a large model writes when it is asked for a long text.
const LONG_WORDS = 1200;

/** Reads from a message how long an answer it wants: one to three sentences unless it says so. */
export function answerLength(message: string, sampling: SamplingParameters, random: Random): AnswerLength {
  const words = /\b(\d{1,6})[- ]words?\b/i.exec(message)?.[1];
  if (words !== undefined) return { sentences: UNLIMITED, words: Number(words) };
  const sentences = /\b(\d{1,4}|one|two|three|four|five)[- ]sentences?\b/i.exec(message)?.[1];
  if (sentences !== undefined) return { sentences: readCount(sentences), words: UNLIMITED };
  if (ENDLESS.test(message)) return { sentences: UNLIMITED, words: UNLIMITED };
  if (LONG.test(message)) return { sentences: UNLIMITED, words: LONG_WORDS };
  return { sentences: sampling.temperature === 0 ? 2 : 1 + Math.floor(random() * 3), words: UNLIMITED };
}

/** The number that a word or its digits stand for; `NaN` for anything else. */
export function readCount(word: string): number {
  const position = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"].indexOf(
    word.toLowerCase(),
  );
  return position === -1 ? Number(word) : position + 1;
}
