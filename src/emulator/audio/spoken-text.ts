/**
 * The emulator's speech carries its text, so that its own ear can write it down: a file that it spoke comes back as the
 * words that were said. Players pass over the place where it stands.
 */
const BEGIN = "flaregate:spoken:";
const END = ":end";

export function hideText(text: string): Uint8Array {
  // Percent signs keep the text to bytes that every format leaves alone.
  return new TextEncoder().encode(`${BEGIN}${encodeURIComponent(text)}${END}`);
}

/** `undefined` for sound of any other origin. */
export function findText(audio: Uint8Array): string | undefined {
  const latin = new TextDecoder("latin1").decode(audio);
  const start = latin.indexOf(BEGIN);
  const end = latin.indexOf(END, start);
  if (start === -1 || end === -1) return undefined;
  try {
    return decodeURIComponent(latin.slice(start + BEGIN.length, end));
  } catch {
    return undefined;
  }
}
