import { toBase64 } from "../../stream/base64.ts";
import { concat } from "../images/png.ts";
import { numberOf, stringOf, type JsonObject } from "../json-value.ts";
import type { EmulatedModel } from "../model-table.ts";
import { hideText } from "./spoken-text.ts";
import { encodeWav, type Samples } from "./wav.ts";

/** Speech that is a tone for each letter, at ten letters a second. */
const LETTER_SECONDS = 0.1;
const RATE = 24_000;

/** Headers of formats whose sound the emulator does not make: enough to be told apart, and silence behind it. */
const SHELLS: Readonly<Record<string, readonly number[]>> = {
  opus: [0x4f, 0x67, 0x67, 0x53],
  flac: [0x66, 0x4c, 0x61, 0x43],
  aac: [0xff, 0xf1, 0x50, 0x80],
};

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  mp3: "audio/mpeg",
  opus: "audio/ogg",
  flac: "audio/flac",
  aac: "audio/aac",
};

/** The answer of a speech model: bytes of the encoding that was asked for, MP3 unless another was. */
export function runSpeech({ entry }: EmulatedModel, inputs: JsonObject): Response {
  if (entry.abilities.speech?.inputs === "melo") {
    return Response.json({ audio: toBase64(encodeMp3(stringOf(inputs.prompt) ?? "")) });
  }
  const text = stringOf(inputs.text) ?? "";
  const encoding = stringOf(inputs.encoding) ?? "mp3";
  if (encoding === "linear16") {
    const samples = toSamples(text, numberOf(inputs.sample_rate) ?? RATE);
    const isWav = (stringOf(inputs.container) ?? "wav") === "wav";
    const raw = new Uint8Array(samples.values.buffer);
    return answer(isWav ? encodeWav(samples, hideText(text)) : raw, isWav ? "audio/wav" : "audio/l16");
  }
  const shell = SHELLS[encoding];
  const bytes =
    shell === undefined ? encodeMp3(text) : concat([Uint8Array.from(shell), hideText(text), new Uint8Array(64)]);
  return answer(bytes, CONTENT_TYPES[encoding] ?? "application/octet-stream");
}

function answer(bytes: Uint8Array, type: string): Response {
  return new Response(bytes, { headers: { "content-type": type } });
}

function toSamples(text: string, rate: number): Samples {
  const perLetter = Math.floor(rate * LETTER_SECONDS);
  const values = new Int16Array(perLetter * text.length);
  for (const [index, letter] of [...text].entries()) {
    const pitch = 200 + ((letter.codePointAt(0) ?? 0) % 64) * 12;
    for (let sample = 0; sample < perLetter; sample++) {
      values[index * perLetter + sample] = Math.round(8000 * Math.sin((2 * Math.PI * pitch * sample) / rate));
    }
  }
  return { rate, values };
}

/** Frames of MPEG-1 layer III at 128 kbit/s and 44.1 kHz, of 26 milliseconds each, in which nothing is coded: silence. */
const FRAME_LENGTH = 417;
const FRAME_SECONDS = 1152 / 44_100;

function encodeMp3(text: string): Uint8Array {
  const frame = new Uint8Array(FRAME_LENGTH);
  frame.set([0xff, 0xfb, 0x90, 0x00]);
  const count = Math.max(1, Math.ceil((text.length * LETTER_SECONDS) / FRAME_SECONDS));
  return concat([tag(hideText(text)), ...Array.from({ length: count }, () => frame)]);
}

/** An ID3 tag of one frame, a comment. */
function tag(comment: Uint8Array): Uint8Array {
  const frame = new Uint8Array(10);
  frame.set(new TextEncoder().encode("COMM"));
  new DataView(frame.buffer).setUint32(4, comment.length);
  const size = frame.length + comment.length;
  // Seven bits a byte, so that no byte of a length looks like the beginning of sound.
  const header = Uint8Array.from([
    0x49,
    0x44,
    0x33,
    3,
    0,
    0,
    (size >> 21) & 127,
    (size >> 14) & 127,
    (size >> 7) & 127,
    size & 127,
  ]);
  return concat([header, frame, comment]);
}
