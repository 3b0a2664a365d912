/** The ways in which a network may cut the same bytes. A stream test runs its fixture through all of them. */
export function slicings(
  bytes: Uint8Array,
  seed = 1,
): readonly { readonly name: string; readonly chunks: readonly Uint8Array[] }[] {
  const random = createRandom(seed);
  return [
    { name: "whole", chunks: [bytes] },
    { name: "byte by byte", chunks: Array.from(bytes, (byte) => Uint8Array.of(byte)) },
    ...[1, 2, 3].map((round) => ({ name: `random slices ${round}`, chunks: slice(bytes, random) })),
  ];
}

/** Cuts into pieces of 1 to 40 bytes. */
function slice(bytes: Uint8Array, random: () => number): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = start + 1 + Math.floor(random() * 40);
    chunks.push(bytes.slice(start, end));
    start = end;
  }
  return chunks;
}

/** A seeded generator (mulberry32): a failing slicing can be had again. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * A body that delivers these chunks, one a read. A stream of bytes, as the network's are: whoever reads it into a buffer of its
 * own loses a chunk's memory with the next read.
 */
export function toBody(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  const rest = chunks.filter(({ length }) => length > 0);
  return new ReadableStream({
    type: "bytes",
    pull(controller) {
      const chunk = rest.shift();
      // The stream takes the memory of what it is given, and these chunks are others' as well.
      if (chunk !== undefined) controller.enqueue(chunk.slice());
      else {
        controller.close();
        // A read that is pending ends only once it is answered.
        controller.byobRequest?.respond(0);
      }
    },
  });
}
