import { hashText } from "../language/random.ts";
import { contentWords, stem } from "../language/words.ts";

const WORD_WEIGHT = 3;
const PAIR_WEIGHT = 1;
const LETTERS_WEIGHT = 0.5;
const LETTERS = 3;

/**
 * A unit vector of hashed words, pairs of words and groups of letters: equal texts give equal vectors, and the more two
 * texts share the nearer they are. `space` keeps the vectors of two poolings apart.
 */
export function embed(text: string, dimensions: number, space: string): readonly number[] {
  const vector = Array.from({ length: dimensions }, () => 0);
  const add = (feature: string, weight: number) => {
    const hash = hashText(`${space}\u0001${feature}`);
    // Another bit of the hash gives the sign, so that collisions cancel out rather than add up.
    const index = (hash >>> 1) % dimensions;
    vector[index] = (vector[index] ?? 0) + (hash & 1 ? weight : -weight);
  };
  const words = contentWords(text).map(stem);
  for (const [index, word] of words.entries()) {
    add(word, WORD_WEIGHT);
    const next = words[index + 1];
    if (next !== undefined) add(`${word} ${next}`, PAIR_WEIGHT);
  }
  const letters = ` ${text.toLowerCase().replaceAll(/\s+/g, " ").trim()} `;
  for (let start = 0; start + LETTERS <= letters.length; start++) {
    add(letters.slice(start, start + LETTERS), LETTERS_WEIGHT);
  }
  return normalise(vector);
}

/** The cosine of the angle between two unit vectors. */
export function similarity(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
}

function normalise(vector: readonly number[]): readonly number[] {
  const length = Math.hypot(...vector);
  if (length === 0) return vector.map((_, index) => (index === 0 ? 1 : 0));
  return vector.map((value) => Math.fround(value / length));
}
