/** Half a sentence of a table as a sentence. */
export function toSentence(text: string): string {
  const end = /[.!?]$/.test(text) ? "" : ".";
  return text.slice(0, 1).toUpperCase() + text.slice(1) + end;
}
