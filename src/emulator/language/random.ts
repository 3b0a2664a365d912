/** Uniform numbers in [0, 1). */
export type Random = () => number;

/** A small seeded generator (mulberry32): equal seeds give equal sequences. Not for secrets. */
export function createRandom(seed: number): Random {
  let state = Math.trunc(seed) >>> 0;
  // The high half of a seed above 2^32 counts too: the schemas allow ten digits.
  state = (state ^ Math.imul(Math.floor(Math.abs(seed) / 0x1_0000_0000) + 1, 0x9e3779b1)) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** A 32-bit hash of a text (FNV-1a), the same on every machine. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** Lower-case hexadecimal digits, as ids use them. */
export function randomHex(random: Random, length: number): string {
  let text = "";
  while (text.length < length) text += Math.floor(random() * 16).toString(16);
  return text;
}
