import { BLOCK } from "./pattern.ts";
import type { Pattern } from "./pattern.ts";

/**
 * A baseline JPEG image in shades of grey whose blocks are each of one shade. Such a block is one number, the difference
 * of its brightness from the last block's, and the sign that nothing else is in it; the tables know no more than that.
 */
export function encodeJpeg(width: number, height: number, pattern: Pattern): Uint8Array {
  const bytes: number[] = [0xff, 0xd8];
  // No block is scaled: what the cosine transform makes of a block of one shade is eight times that shade.
  segment(bytes, 0xdb, [0, ...Array.from({ length: 64 }, () => 8)]);
  segment(bytes, 0xc0, [8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]);
  // Twelve codes of four bits, one for each length of a difference; and one code of one bit for the end of a block.
  segment(bytes, 0xc4, [0x00, ...lengths(4, 12), ...Array.from({ length: 12 }, (_, length) => length)]);
  segment(bytes, 0xc4, [0x10, ...lengths(1, 1), 0]);
  segment(bytes, 0xda, [1, 1, 0x00, 0, 63, 0]);
  writeBlocks(bytes, Math.ceil(width / BLOCK), Math.ceil(height / BLOCK), pattern);
  bytes.push(0xff, 0xd9);
  return Uint8Array.from(bytes);
}

function segment(bytes: number[], marker: number, data: readonly number[]): void {
  const length = data.length + 2;
  bytes.push(0xff, marker, length >> 8, length & 255, ...data);
}

/** How many codes there are of each length from 1 to 16 bits. */
function lengths(bits: number, codes: number): number[] {
  return Array.from({ length: 16 }, (_, index) => (index + 1 === bits ? codes : 0));
}

function writeBlocks(bytes: number[], columns: number, rows: number, pattern: Pattern): void {
  let held = 0;
  let count = 0;
  function write(value: number, bits: number): void {
    for (let bit = bits - 1; bit >= 0; bit--) {
      held = (held << 1) | ((value >> bit) & 1);
      if (++count < 8) continue;
      bytes.push(held);
      // A byte that looks like a marker is followed by one that says it is none.
      if (held === 0xff) bytes.push(0);
      held = 0;
      count = 0;
    }
  }
  let last = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const shade = pattern(column, row) - 128;
      const difference = shade - last;
      last = shade;
      const length = difference === 0 ? 0 : 32 - Math.clz32(Math.abs(difference));
      write(length, 4);
      write(difference < 0 ? difference + 2 ** length - 1 : difference, length);
      write(0, 1);
    }
  }
  while (count !== 0) write(1, 1);
}
