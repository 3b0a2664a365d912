/** Bytes that arrive in pieces, joined. Copies each byte a bounded number of times, however small the pieces are. */
export interface ByteBuffer {
  append(piece: Uint8Array): void;
  /** All that was appended since the last `take`; the caller owns it. */
  take(): Uint8Array;
  length(): number;
}

const FIRST_CAPACITY = 256;

export function createByteBuffer(): ByteBuffer {
  let bytes = new Uint8Array(0);
  let length = 0;
  return {
    append(piece) {
      const needed = length + piece.length;
      if (needed > bytes.length) {
        const larger = new Uint8Array(Math.max(needed, bytes.length * 2, FIRST_CAPACITY));
        larger.set(bytes.subarray(0, length));
        bytes = larger;
      }
      bytes.set(piece, length);
      length = needed;
    },
    take() {
      const taken = bytes.subarray(0, length);
      bytes = new Uint8Array(0);
      length = 0;
      return taken;
    },
    length() {
      return length;
    },
  };
}
