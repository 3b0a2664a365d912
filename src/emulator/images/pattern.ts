import { createRandom, hashText } from "../language/random.ts";

/** The side of a block, in pixels: the blocks of a JPEG. */
export const BLOCK = 8;

/** How bright, from 0 to 255, each block of an image is. */
export type Pattern = (column: number, row: number) => number;

/** A picture that depends on what was asked for and on nothing else: two waves that cross. */
export function createPattern(prompt: string, seed: number): Pattern {
  const random = createRandom(hashText(`${seed} ${prompt}`));
  const waves = [0, 1].map(() => ({
    across: 0.02 + random() * 0.2,
    down: 0.02 + random() * 0.2,
    start: random() * 2 * Math.PI,
  }));
  return (column, row) => {
    const height = waves.reduce(
      (sum, { across, down, start }) => sum + Math.sin(column * across + row * down + start),
      0,
    );
    return Math.round(127.5 + (height / waves.length) * 127.5);
  };
}
