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
  const isSound = headers.get("content-type")?.toLowerCase().startsWith("audio/") === true;
  if (isSound || first[0] !== OPENING_BRACE) return { body: whole, head: first };
  const media = await readMedia({ headers, body: whole }, "audio");
  return {
    body: withFirstChunk(media.toBytes(), { next: async () => undefined, cancel: () => undefined }),
    head: media.head,
  };
}
