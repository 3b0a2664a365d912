/** Looks for several texts at once in text that arrives in pieces. Linear: no character is looked at twice. */
export interface TextMatcher {
  /**
   * Reads a piece up to the first place where one of the texts ends, and stops there. Where several end at the same
   * place the longest counts. The place depends on the text alone and not on its pieces.
   */
  feed(piece: string): TextMatch | undefined;
  /** The length of the longest end of what was read with which one of the texts begins. */
  heldLength(): number;
  /** Forgets what was read. */
  reset(): void;
}

export interface TextMatch {
  /** The position in the piece behind the match. */
  readonly end: number;
  /** The length of the text that matched; its beginning may lie in an earlier piece. */
  readonly length: number;
}

/** Knuth, Morris and Pratt's automaton for one text. */
interface Automaton {
  readonly text: string;
  /** For each beginning of the text, the length of its longest proper end that is also a beginning. */
  readonly fallbacks: readonly number[];
  matched: number;
}

/** `texts` are not empty. */
export function createTextMatcher(texts: readonly string[]): TextMatcher {
  const automata = texts.map(createAutomaton);
  return {
    feed(piece) {
      for (let position = 0; position < piece.length; position += 1) {
        let longest = 0;
        for (const automaton of automata) {
          if (advance(automaton, piece.charAt(position))) longest = Math.max(longest, automaton.text.length);
        }
        if (longest > 0) return { end: position + 1, length: longest };
      }
      return undefined;
    },
    heldLength() {
      return automata.reduce((longest, { matched }) => Math.max(longest, matched), 0);
    },
    reset() {
      for (const automaton of automata) automaton.matched = 0;
    },
  };
}

/** Takes one character; whether the text is whole with it. */
function advance(automaton: Automaton, character: string): boolean {
  const { text, fallbacks } = automaton;
  while (automaton.matched > 0 && text.charAt(automaton.matched) !== character) {
    automaton.matched = fallbacks[automaton.matched] ?? 0;
  }
  if (text.charAt(automaton.matched) === character) automaton.matched += 1;
  return automaton.matched === text.length;
}

function createAutomaton(text: string): Automaton {
  const fallbacks = [0, 0];
  let length = 0;
  for (let position = 1; position < text.length; position += 1) {
    while (length > 0 && text.charAt(length) !== text.charAt(position)) length = fallbacks[length] ?? 0;
    if (text.charAt(length) === text.charAt(position)) length += 1;
    fallbacks.push(length);
  }
  return { text, fallbacks, matched: 0 };
}
