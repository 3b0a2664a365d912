import * as fc from "fast-check";

/** One change to some bytes, at a place that is given as a part of their length. */
type Mutation = (bytes: Uint8Array) => Uint8Array;

/** What breaks readers: framing, quotes, escapes, ends, halves of characters, and words of the protocol. */
const interesting = [
  "\n",
  "\n\n",
  "\r",
  "\r\n\r\n",
  "\u0000",
  '"',
  "\\",
  "\\u",
  "\\ud800",
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  "null",
  "true",
  "-1",
  "1e999",
  "0.5",
  "data: ",
  "data: [DONE]\n\n",
  "event: error\n",
  ": c\n\n",
  '"finish_reason":"stop"',
  '"error":{"message":"x"}',
  "3040: x",
  "<think>",
  "</think>",
  '{"name":"get_weather","arguments":{}}',
  "<tool_call>",
  "__proto__",
  "constructor",
  "\u{feff}",
  "\u2028",
].map((text) => new TextEncoder().encode(text));

const place = fc.double({ min: 0, max: 1, noNaN: true });
const length = fc.integer({ min: 1, max: 40 });

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(place, fc.nat({ max: 255 })).map(([at, byte]): Mutation => (bytes) => {
    const changed = bytes.slice();
    if (changed.length > 0) changed[indexOf(changed, at)] = byte;
    return changed;
  }),
  fc.tuple(place, length).map(
    ([at, count]): Mutation =>
      (bytes) =>
        splice(bytes, at, count, new Uint8Array(0)),
  ),
  fc.tuple(place, fc.constantFrom(...interesting), fc.constantFrom(0, 1, 5)).map(
    ([at, inserted, count]): Mutation =>
      (bytes) =>
        splice(bytes, at, count, inserted),
  ),
  fc.tuple(place, length, place).map(([from, count, to]): Mutation => (bytes) => {
    const start = indexOf(bytes, from);
    return splice(bytes, to, 0, bytes.slice(start, start + count));
  }),
  place.map(
    (at): Mutation =>
      (bytes) =>
        bytes.slice(0, indexOf(bytes, at)),
  ),
);

/** The bytes after one to six changes. */
export function mutated(bytes: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  return fc
    .tuple(bytes, fc.array(mutation, { minLength: 1, maxLength: 6 }))
    .map(([given, mutations]) => mutations.reduce((changed, mutate) => mutate(changed), given));
}

function indexOf(bytes: Uint8Array, part: number): number {
  return Math.min(Math.floor(part * bytes.length), Math.max(0, bytes.length - 1));
}

function splice(bytes: Uint8Array, at: number, count: number, inserted: Uint8Array): Uint8Array {
  const start = indexOf(bytes, at);
  const end = Math.min(bytes.length, start + count);
  const changed = new Uint8Array(start + inserted.length + bytes.length - end);
  changed.set(bytes.subarray(0, start));
  changed.set(inserted, start);
  changed.set(bytes.subarray(end), start + inserted.length);
  return changed;
}
