/** Follows the lines of Markdown text that arrives in pieces, as far as it takes to know what stands where. */
export interface LineTracker {
  /**
   * Reads up to the first `<` that opens a line outside a code block; in front of it only white space may stand. Its
   * position, or the length of the text. The `<` itself is not read.
   */
  readToTag(text: string): number;
  /** Reads all of the text. */
  read(text: string): void;
}

const FENCE = "```";

export function createLineTracker(): LineTracker {
  /** Nothing but white space has come in this line. */
  let isBlank = true;
  /** Backquotes at the beginning of this line. */
  let quotes = "";
  let isInCode = false;

  function readCharacter(character: string): void {
    if (character === "\n") {
      isBlank = true;
      quotes = "";
    } else if (character === "`" && isBlank) {
      quotes += character;
      if (quotes === FENCE) isInCode = !isInCode;
      isBlank = quotes !== FENCE;
    } else if (!/\s/.test(character)) isBlank = false;
  }

  function readTo(text: string, stopsAtTag: boolean): number {
    for (let position = 0; position < text.length; position += 1) {
      const character = text.charAt(position);
      if (stopsAtTag && character === "<" && isBlank && !isInCode && quotes === "") return position;
      readCharacter(character);
    }
    return text.length;
  }

  return {
    readToTag: (text) => readTo(text, true),
    read(text) {
      readTo(text, false);
    },
  };
}
