/**
 * A text cut into runs of one kind of character, nearly as the pre-tokeniser of Llama 3 cuts it. Numbers and not an enum
 * or strings: a run is a few characters long, and the kind is looked up for each of them.
 */
export const letter = 0;
export const digit = 1;
export const mark = 2;
export const blank = 3;
export const newline = 4;
/** Anything above U+007F: judged character by character, because its scripts differ tenfold. */
export const foreign = 5;

/** What a run of `kind` in `text` from `start` to `end` weighs behind a run of `previous`, which is −1 at the start. */
export type RunWeight = (text: string, start: number, end: number, kind: number, previous: number) => number;

const asciiKinds = Uint8Array.from({ length: 128 }, (_, code) => {
  if ((code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)) return letter;
  if (code >= 0x30 && code <= 0x39) return digit;
  if (code === 0x0a || code === 0x0d) return newline;
  return code === 0x20 || code === 0x09 ? blank : mark;
});

/** The kind of the character at `index`; `foreign` behind the end. */
export function kindAt(text: string, index: number): number {
  const code = text.charCodeAt(index);
  // The comparison keeps the table access in bounds, which is what makes it fast; NaN fails it too.
  return code < 128 ? (asciiKinds[code] ?? foreign) : foreign;
}

/** The sum of `weigh` over all the runs of `text`. Linear in its length. */
export function sumOverRuns(text: string, weigh: RunWeight): number {
  let sum = 0;
  let previous = -1;
  let start = 0;
  while (start < text.length) {
    const kind = kindAt(text, start);
    let end = start + 1;
    while (end < text.length && kindAt(text, end) === kind) end++;
    sum += weigh(text, start, end, kind, previous);
    previous = kind;
    start = end;
  }
  return sum;
}
