import { concat } from "../images/png.ts";

/** Sound as samples: 16 bits, one channel. */
export interface Samples {
  readonly rate: number;
  readonly values: Int16Array;
}

/** A WAV file; `comment` stands in a chunk that players pass over. */
export function encodeWav({ rate, values }: Samples, comment: Uint8Array): Uint8Array {
  const data = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const format = new Uint8Array(16);
  const view = new DataView(format.buffer);
  view.setUint16(0, 1, true);
  view.setUint16(2, 1, true);
  view.setUint32(4, rate, true);
  view.setUint32(8, rate * 2, true);
  view.setUint16(12, 2, true);
  view.setUint16(14, 16, true);
  const body = concat([ascii("WAVE"), chunk("fmt ", format), chunk("note", comment), chunk("data", data)]);
  return chunk("RIFF", body);
}

/** Seconds of a WAV file; `undefined` for anything else. */
export function wavSeconds(bytes: Uint8Array): number | undefined {
  const text = new TextDecoder("latin1").decode(bytes.subarray(0, 4096));
  if (!text.startsWith("RIFF")) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const format = text.indexOf("fmt ");
  const data = text.indexOf("data");
  if (format === -1 || data === -1 || data + 8 > bytes.length || format + 20 > bytes.length) return undefined;
  const bytesPerSecond = view.getUint32(format + 16, true);
  // A file that was written as it was recorded does not know its length.
  const length = Math.min(view.getUint32(data + 4, true), bytes.length - data - 8);
  return bytesPerSecond === 0 ? undefined : length / bytesPerSecond;
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, data.length, true);
  return concat([ascii(name), size, data, new Uint8Array(data.length % 2)]);
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
