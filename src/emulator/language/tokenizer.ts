/*
 * Word pieces: a word with the space before it, digits by up to three, marks, line breaks. Long words are cut into
 * pieces, writing without spaces goes by the character. Joined, the pieces are the text again, byte for byte.
 */
const PIECES =
  /\n+| ?[\p{Script=Latin}\p{M}']+|\p{N}{1,3}| ?[\p{Alphabetic}\p{M}]| ?[^\s\p{Alphabetic}\p{N}\p{M}]{1,3}|\s|[^]/gu;

const LONGEST_WORD = 10;
const WORD_PIECE = 5;

/** Cuts a text into tokens, lazily: a long text costs only as much as is read of it. */
export function* tokenize(text: string): Generator<string, void> {
  for (const match of text.matchAll(PIECES)) {
    const piece = match[0];
    if (piece.length <= LONGEST_WORD) yield piece;
    else yield* cutWord(piece);
  }
}

/** The number of tokens of a text. */
export function countTokens(text: string): number {
  let count = 0;
  for (const _ of tokenize(text)) count++;
  return count;
}

function* cutWord(word: string): Generator<string, void> {
  // By code point: a pair of surrogates is one character and stays in one piece.
  const characters = [...word];
  for (let start = 0; start < characters.length; start += WORD_PIECE) {
    yield characters.slice(start, start + WORD_PIECE).join("");
  }
}
