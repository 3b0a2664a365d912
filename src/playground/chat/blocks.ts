/** A piece of a model's text: code between fences, or words. */
export interface Block {
  readonly kind: "words" | "code";
  readonly text: string;
}

/** Cuts a text at its fences of three backticks. A fence that is still open reaches to the end. */
export function toBlocks(text: string): readonly Block[] {
  const blocks: Block[] = [];
  let lines: string[] = [];
  let isCode = false;
  function close(): void {
    const joined = lines.join("\n");
    const kept = isCode ? joined : joined.replace(/^\n+|\s+$/g, "");
    if (kept !== "") blocks.push({ kind: isCode ? "code" : "words", text: kept });
    lines = [];
  }
  for (const line of text.split("\n")) {
    if (/^ {0,3}```/.test(line)) {
      close();
      isCode = !isCode;
    } else {
      lines.push(line);
    }
  }
  close();
  return blocks;
}
