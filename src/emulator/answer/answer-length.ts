import type { Random } from "../language/random.ts";
import type { SamplingParameters } from "../language/sampler.ts";

/** Where an answer ends by itself: at the first of the two. */
export interface AnswerLength {
  readonly sentences: number;
  readonly words: number;
}

const UNLIMITED = Number.POSITIVE_INFINITY;
const LONG =
  /\b(?:long|longer|longest|lengthy|detailed|essay|at length|in detail|never stop|keep (?:going|writing|talking))\b/i;

/** Reads from a message how long an answer it wants: one to three sentences unless it says so. */
export function answerLength(message: string, sampling: SamplingParameters, random: Random): AnswerLength {
  const words = /\b(\d{1,6})[- ]words?\b/i.exec(message)?.[1];
  if (words !== undefined) return { sentences: UNLIMITED, words: Number(words) };
  const sentences = /\b(\d{1,4}|one|two|three|four|five)[- ]sentences?\b/i.exec(message)?.[1];
  if (sentences !== undefined) return { sentences: toNumber(sentences), words: UNLIMITED };
  if (LONG.test(message)) return { sentences: UNLIMITED, words: UNLIMITED };
  return { sentences: sampling.temperature === 0 ? 1 : 1 + Math.floor(random() * 2), words: UNLIMITED };
}

function toNumber(word: string): number {
  const position = ["one", "two", "three", "four", "five"].indexOf(word.toLowerCase());
  return position === -1 ? Number(word) : position + 1;
}
