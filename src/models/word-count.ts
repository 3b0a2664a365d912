const SPACE = 0x20;

/** The characters behind ASCII at which JavaScript's `\s` splits. */
const WIDE_SPACE = /\s/;

/**
 * The words of `text` between its spaces. No tokeniser of the catalogue's embedding models and rerankers joins words
 * into one token, so a text has at least as many tokens as words. 0 for the empty string; linear.
 */
export function countWords(text: string): number {
  let words = 0;
  let isInWord = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const isSpace = code <= SPACE || (code >= 0x80 && WIDE_SPACE.test(text.charAt(index)));
    if (!isSpace && !isInWord) words += 1;
    isInWord = !isSpace;
  }
  return words;
}
