/** Follows text that arrives in pieces, and knows when the brackets that it opened are all closed again. */
export interface BracketDepth {
  /**
   * Reads on from `from`. The position behind the closing bracket, where this piece has it; what follows it is not
   * read. `undefined` as long as something is open, or nothing was opened.
   */
  feed(text: string, from?: number): number | undefined;
  /** A first bracket was opened and is closed again. */
  isComplete(): boolean;
}

/** `quotes` are the characters that enclose text in which brackets mean nothing: `"` in JSON. */
export function createBracketDepth(quotes = '"'): BracketDepth {
  let depth = 0;
  let isComplete = false;
  let quote = "";
  let isEscaped = false;

  function read(character: string): void {
    if (isEscaped) isEscaped = false;
    else if (quote !== "") {
      if (character === "\\") isEscaped = true;
      else if (character === quote) quote = "";
    } else if (quotes.includes(character)) quote = character;
    else if (character === "{" || character === "[" || character === "(") depth += 1;
    else if (character === "}" || character === "]" || character === ")") {
      depth -= 1;
      if (depth === 0) isComplete = true;
    }
  }

  return {
    feed(text, from = 0) {
      for (let position = from; position < text.length && !isComplete; position += 1) {
        read(text.charAt(position));
        if (isComplete) return position + 1;
      }
      return undefined;
    },
    isComplete() {
      return isComplete;
    },
  };
}
