/** Follows JSON text that arrives in pieces, and knows when one whole object or array has gone by. */
export interface JsonDepth {
  feed(text: string): void;
  /** A first object or array was opened and is closed again. */
  readonly isComplete: boolean;
}

export function createJsonDepth(): JsonDepth {
  let depth = 0;
  let isComplete = false;
  let inString = false;
  let isEscaped = false;
  return {
    feed(text) {
      for (const character of text) {
        if (isEscaped) isEscaped = false;
        else if (inString) {
          if (character === "\\") isEscaped = true;
          else if (character === '"') inString = false;
        } else if (character === '"') inString = true;
        else if (character === "{" || character === "[") depth += 1;
        else if (character === "}" || character === "]") {
          depth -= 1;
          if (depth === 0) isComplete = true;
        }
      }
    },
    get isComplete() {
      return isComplete;
    },
  };
}
