import { withFirstChunk } from "../stream/byte-source.ts";
import type { ByteSource } from "../stream/byte-source.ts";
import type { RawAnswer } from "./raw-answer.ts";
import { unusableAnswerError } from "./read-json.ts";
import { readMedia } from "./read-media.ts";

/** Sound, as it comes. */
export interface Speech {
  readonly body: ByteSource;
  /** The first bytes, which say of what format it is. */
  readonly head: Uint8Array;
}

const OPENING_BRACE = 0x7b;

/**
 * Reads an answer that is sound, or a JSON object that has it as base64. Sound without a header may begin with any byte:
 * what says of itself that it is sound is taken at its word.
 */
export async function readSpeech({ headers, body }: RawAnswer): Promise<Speech> {
  const first = await body.next();
  if (first === undefined) throw unusableAnswerError();
  const whole = withFirstChunk(first, body);
  if (/^(?:audio\/|application\/octet-stream)/i.test(headers.get("content-type") ?? "") || isSound(first)) {
    return { body: whole, head: first };
  }
  if (first[0] !== OPENING_BRACE) throw unusableAnswerError();
  const media = await readMedia({ headers, body: whole }, "audio");
  return {
    body: withFirstChunk(media.toBytes(), { next: async () => undefined, cancel: () => undefined }),
    head: media.head,
  };
}

/** The beginnings of WAV, Ogg, FLAC and a tagged MP3. */
const BEGINNINGS = ["RIFF", "OggS", "fLaC", "ID3"];

/** Or the eleven bits that begin a frame of MPEG audio, which MP3 and AAC are. */
function isSound(head: Uint8Array): boolean {
  const [first = 0, second = 0] = head;
  if (first === 0xff && second >= 0xe0) return true;
  const text = String.fromCharCode(...head.subarray(0, 4));
  return BEGINNINGS.some((beginning) => text.startsWith(beginning));
}
