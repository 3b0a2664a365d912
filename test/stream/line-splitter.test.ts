import { describe, expect, it, vi } from "vitest";
import { createLineSplitter } from "../../src/stream/line-splitter.ts";
import { slicings } from "../support/slices.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function splitAll(chunks: readonly Uint8Array[]): { lines: string[]; open: string } {
  const splitter = createLineSplitter();
  const lines: string[] = [];
  for (const chunk of chunks) splitter.feed(chunk, (line) => lines.push(decoder.decode(line)));
  return { lines, open: decoder.decode(splitter.takeOpenLine()) };
}

describe("the line splitter", () => {
  it.each([
    ["line feeds", "a\nb\n\nc", ["a", "b", ""], "c"],
    ["carriage returns", "a\rb\r\rc", ["a", "b", ""], "c"],
    ["both", "a\r\nb\r\n\r\nc", ["a", "b", ""], "c"],
    ["a line feed first, which ends an empty line", "\na\n", ["", "a"], ""],
    ["a line feed behind another kind of end", "a\r\n\nb\n\rc", ["a", "", "b", ""], "c"],
  ])("cuts at %s, however the bytes are sliced", (_, text, lines, open) => {
    for (const { chunks } of slicings(encoder.encode(text))) expect(splitAll(chunks)).toEqual({ lines, open });
  });

  it("takes the line feed behind a carriage return for the same end, also behind an empty chunk", () => {
    const chunks = ["a\r", "", "\nb\n"].map((text) => encoder.encode(text));
    expect(splitAll(chunks)).toEqual({ lines: ["a", "b"], open: "" });
  });

  it("tells whether a line is open, and of how many bytes", () => {
    const splitter = createLineSplitter();
    const states = ["", "ab", "c", "\r", "\n", "\n"].map((text) => {
      splitter.feed(encoder.encode(text), () => undefined);
      return [splitter.openLineBytes(), splitter.isBetweenLines()];
    });
    // Behind a carriage return the end of the line may still have its second half to come.
    expect(states).toEqual([
      [0, true],
      [2, false],
      [3, false],
      [0, false],
      [0, true],
      [0, true],
    ]);
  });

  it("hands a line that lies in one chunk on without copying it", () => {
    const chunk = encoder.encode("abc\ndef\n");
    createLineSplitter().feed(chunk, (line) => expect(line.buffer).toBe(chunk.buffer));
    expect.assertions(2);
  });

  it("searches each byte once for each kind of end", () => {
    const search = vi.spyOn(Uint8Array.prototype, "indexOf");
    try {
      splitAll([encoder.encode("a\n".repeat(1000))]);
      // Each line feed once, and once that there is none any more; once that there is no carriage return.
      expect(search).toHaveBeenCalledTimes(1002);
      search.mockClear();
      splitAll([encoder.encode("a\r".repeat(1000))]);
      expect(search).toHaveBeenCalledTimes(1002);
    } finally {
      search.mockRestore();
    }
  });
});
