import { createParser } from "eventsource-parser";
import * as fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { createSseDecoder } from "../../src/stream/sse-decoder.ts";
import { slicings } from "../support/slices.ts";
import { cut } from "./cut.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Each chunk is overwritten once it has been read, as the next one overwrites it where a body is read into one buffer. */
function decodeChunks(chunks: readonly Uint8Array[], limit?: number): readonly string[] {
  const sse = createSseDecoder(limit);
  const texts: string[] = [];
  for (const chunk of chunks) {
    const memory = chunk.slice();
    for (const data of sse.feed(memory)) texts.push(decoder.decode(data));
    memory.fill(0x2a);
  }
  for (const data of sse.end()) texts.push(decoder.decode(data));
  return texts;
}

function decodeText(text: string): readonly string[] {
  const outcomes = slicings(encoder.encode(text)).map(({ chunks }) => decodeChunks(chunks));
  for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
  return outcomes[0] ?? [];
}

/** What `eventsource-parser`, which many clients use, makes of the same text. */
function parseWithOracle(text: string): readonly string[] {
  const records: string[] = [];
  const parser = createParser({ onEvent: ({ data }) => records.push(data) });
  parser.feed(text);
  return records;
}

describe("the SSE decoder", () => {
  it.each([
    ["line feeds", "data: a\n\ndata: b\n\n", ["a", "b"]],
    ["carriage returns and line feeds", "data: a\r\n\r\ndata: b\r\n\r\n", ["a", "b"]],
    ["carriage returns alone", "data: a\r\rdata: b\r\r", ["a", "b"]],
    ["line ends of every kind in one stream", "data: a\r\n\ndata: b\r\r\ndata: c\n\n", ["a", "b", "c"]],
    ["no space after the colon", "data:a\n\n", ["a"]],
    ["one space only is taken off", "data:  a \n\n", [" a "]],
    ["several data lines are one text", "data: a\ndata:\ndata: b\n\n", ["a\n\nb"]],
    ["a field without a colon is an empty one", "data: a\ndata\ndata: b\n\n", ["a\n\nb"]],
    ["comments and other fields", ": keep-alive\nevent: x\nid: 1\nretry: 5\ndata: a\n\n", ["a"]],
    ["fields whose names only begin alike", "database: x\ndat: x\ndata: a\n\n", ["a"]],
    ["a byte order mark", "\u{feff}data: a\n\n", ["a"]],
    ["a byte order mark that is not the first as part of a field's name", "\n\u{feff}data: a\n\n", []],
    ["keep-alives of blank lines and empty data", "\n\n\ndata:\n\ndata: a\n\n", ["", "a"]],
    ["a multi-byte text", "data: é€😀\n\n", ["é€😀"]],
    ["a record that the body does not close", "data: a\n\ndata: b", ["a", "b"]],
    ["a record that the body closes halfway", "data: a\n", ["a"]],
    ["nothing", "", []],
  ])("reads %s", (_, text, records) => {
    expect(decodeText(text)).toEqual(records);
  });

  it("takes a bare [DONE] line for the record that it is meant to be", () => {
    expect(decodeText('data: {"response":"a"}\n\n[DONE]\n')).toEqual(['{"response":"a"}', "[DONE]"]);
    expect(decodeText("data: a\n[DONE]")).toEqual(["a", "[DONE]"]);
    expect(decodeText("[DONE].\n[DONE\n")).toEqual([]);
  });

  it("agrees with eventsource-parser on any stream, in any slices", () => {
    const line = fc.oneof(
      { weight: 4, arbitrary: fc.string({ unit: "grapheme", maxLength: 12 }).map((text) => `data: ${text}`) },
      fc.constantFrom("", "data", "data:", "data:x", ": comment", "event: e", "id", "retry: 1", "datax: y", ":"),
    );
    const stream = fc.array(fc.tuple(line, fc.constantFrom("\n", "\r\n", "\r")), { maxLength: 20 });
    fc.assert(
      fc.property(stream, fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 50 }), (lines, sizes) => {
        // Content with line ends of its own would be further lines; the closing lines end an open record for both.
        const text = lines.map(([content, end]) => content.replaceAll(/[\r\n]/g, "_") + end).join("") + "\n\n";
        expect(decodeChunks(cut(encoder.encode(text), sizes))).toEqual(parseWithOracle(text));
      }),
      { numRuns: 300 },
    );
  });

  it("reads a record of a megabyte in chunks of 64 bytes and copies each byte a few times at most", () => {
    const text = `data: ${"x".repeat(1_000_000)}\n\n`;
    const copied = countCopiedBytes(() => {
      const records = decodeChunks(cut(encoder.encode(text), [64]));
      expect(records.map((record) => record.length)).toEqual([1_000_000]);
    });
    expect(copied).toBeLessThan(5 * text.length);
  });

  it("keeps the records in front of one that is too long, and reads nothing behind it", () => {
    const bytes = encoder.encode("data: a\n\ndata: 0123456789\n\ndata: b\n\n");
    for (const { chunks } of slicings(bytes)) {
      const sse = createSseDecoder(15);
      const records = chunks.flatMap((chunk) => sse.feed(chunk)).concat(sse.end());
      expect(records.map((data) => decoder.decode(data))).toEqual(["a"]);
      expect(sse.isOverLimit()).toBe(true);
    }
  });

  it.each([
    ["a line that never ends", "data: aaaaaaaa"],
    ["a comment that never ends", ": aaaaaaaaaaaa"],
    ["a record of empty lines that never ends", "data:\n".repeat(5)],
  ])("gives up on %s", (_, text) => {
    for (const { chunks } of slicings(encoder.encode(text))) {
      const sse = createSseDecoder(12);
      for (const chunk of chunks) sse.feed(chunk);
      expect(sse.isOverLimit()).toBe(true);
    }
  });

  it("gives up a record that is open when the limit is passed", () => {
    for (const { chunks } of slicings(encoder.encode("data: a\n\ndata: b\ndata: 0123456789"))) {
      expect(decodeChunks(chunks, 20)).toEqual(["a"]);
    }
  });

  it("counts the lines of a record with their ends", () => {
    const text = "data:\ndata:\ndata: a\n\n";
    for (const { chunks } of slicings(encoder.encode(text))) {
      expect(decodeChunks(chunks, 19)).toEqual(["\n\na"]);
      expect(decodeChunks(chunks, 18)).toEqual([]);
    }
  });

  it("tells whether a record is open, and of how many bytes", () => {
    const sse = createSseDecoder();
    const states = ["", "data: a", "\n", "data", "\n", "\n", ": c", "\n", "data: b\n\n"].map((text) => {
      sse.feed(encoder.encode(text));
      return [sse.openBytes(), sse.isBetweenRecords()];
    });
    expect(states).toEqual([
      // Before the first line there may be a byte order mark.
      [0, false],
      [7, false],
      [8, false],
      [12, false],
      [13, false],
      [0, true],
      [3, false],
      [0, true],
      [0, true],
    ]);
  });

  it("applies the limit to the line and not to the slices in which it comes", () => {
    for (const { chunks } of slicings(encoder.encode("data: 012345\n\n"))) {
      expect(decodeChunks(chunks, 12)).toEqual(["012345"]);
      expect(decodeChunks(chunks, 11)).toEqual([]);
    }
  });
});

/** The bytes that are written with `Uint8Array.prototype.set` while `action` runs. */
function countCopiedBytes(action: () => void): number {
  const set = vi.spyOn(Uint8Array.prototype, "set");
  try {
    action();
    return set.mock.calls.reduce((sum, [source]) => sum + source.length, 0);
  } finally {
    set.mockRestore();
  }
}
