import * as fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { createAnswerDecoder } from "../../src/workers-ai/answer-decoder.ts";
import type { CompletionEvent } from "../../src/completion/event.ts";
import { readCommonRecords } from "../../src/workers-ai/common-records.ts";
import { cut } from "../stream/cut.ts";
import { decoderOptions } from "./read-bytes.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The texts and paddings that are read the short way, and what is left of the chunk. */
function read(chunk: string) {
  const taken: [string, string][] = [];
  const bytes = encoder.encode(chunk);
  const end = readCommonRecords(bytes, (text, padding, sink) => sink.push([text, padding]), taken);
  return { taken, rest: decoder.decode(bytes.subarray(end)) };
}

function record(frame: string): string {
  return `data: ${frame}\n\n`;
}

/** The events of an answer, and the failure that ended it. */
function decodeAnswer(chunks: readonly Uint8Array[]): readonly unknown[] {
  const answer = createAnswerDecoder(decoderOptions());
  const events: CompletionEvent[] = [];
  try {
    for (const chunk of chunks) if (!answer.isDone()) answer.feed(chunk, events);
    answer.end(events);
    return events;
  } catch (error) {
    return [...events, String(error)];
  }
}

/** Records that are common ones, or nearly. */
const nearlyCommon = fc
  .tuple(
    fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 20 }),
      fc.constantFrom("", " tok", '"', "\\", "é", "\n", "\u007f", "\u2028", "😀", "\u{feff}", "7", "x".repeat(300)),
    ),
    fc.constantFrom("", "", ',"tool_calls":[]', ',"tool_calls":[{}]', ',"finish_reason":"stop"', ","),
    fc.constantFrom("", ',"p":"abc"', ',"p":"–"', ',"p":""', ',"p":7', ',"p":"a\\"b"', ',"usage":{}', ',"p":"abc"x'),
    fc.constantFrom("}", "}", "}", "", "}}", "} ", '","x":"}'),
    fc.constantFrom("\n\n", "\n\n", "\n\n", "\n", "\r\n\r\n", "\n\n\n", "\n: comment\n\n", "\n[DONE]\n"),
    fc.boolean(),
  )
  .map(([text, calls, padding, end, close, isEscaped]) => {
    const json = isEscaped ? JSON.stringify(text) : `"${text}"`;
    return `data: {"response":${json}${calls}${padding}${end}${close}`;
  });

describe("readCommonRecords", () => {
  it.each([
    ['{"response":"Hello","p":"abdef"}', "Hello", "abdef"],
    ['{"response":" world","tool_calls":[],"p":"abdefghij"}', " world", "abdefghij"],
    ['{"response":"!","tool_calls":[]}', "!", ""],
    ['{"response":"{}"}', "{}", ""],
    ['{"response":"海は広い😀é","p":"a"}', "海は広い😀é", "a"],
    ['{"response":""}', "", ""],
    ['{"response":"a\\n\\n\\"b\\\\\\/","p":"a"}', 'a\n\n"b\\/', "a"],
  ])("reads %s", (frame, text, padding) => {
    expect(read(record(frame))).toEqual({ taken: [[text, padding]], rest: "" });
  });

  it.each([
    '{"response":7,"p":"abc"}',
    '{"response":null,"usage":{"prompt_tokens":1,"completion_tokens":1}}',
    '{"response":"a\\u0041b"}',
    '{"response":"a\\xb"}',
    '{"response":"a\\"}',
    '{"response":"a\u0001b"}',
    '{"response":"a"',
    '{"response":"a","p":"b"',
    '{"response":"a"} ',
    '{"response":"a","tool_calls":[{"name":"f"}]}',
    `{"response":"${"a".repeat(5000)}"}`,
    `{"response":"a","p":"${"a".repeat(257)}"}`,
    '{"choices":[],"response":"a"}',
    "[DONE]",
    "",
  ])("leaves %s to the parser", (frame) => {
    expect(read(record(frame))).toEqual({ taken: [], rest: record(frame) });
  });

  it("reads up to the first record that is another, or that is not whole", () => {
    const [first, second] = ['{"response":"é"}', '{"response":"海"}'].map(record);
    for (const rest of [
      "data: [DONE]\n\n",
      'data: {"response":"a',
      'data: {"response":"a"}\n',
      ": comment\n\n",
      "\n",
    ]) {
      expect(read(`${first}${second}${rest}`)).toEqual({
        taken: [
          ["é", ""],
          ["海", ""],
        ],
        rest,
      });
    }
  });

  it("reads up to a record that breaks off within a character", () => {
    const bytes = encoder.encode(record('{"response":"é"}') + 'data: {"response":"é');
    const taken: string[] = [];
    const end = readCommonRecords(bytes.subarray(0, -1), (text, _padding, sink) => sink.push(text), taken);
    expect(taken).toEqual(["é"]);
    expect(end).toBe(encoder.encode(record('{"response":"é"}')).length);
  });

  it("reads a record of 4096 characters and none that is longer", () => {
    const text = "a".repeat(4096 - record('{"response":""}').length);
    expect(read(record(`{"response":"${text}"}`))).toEqual({ taken: [[text, ""]], rest: "" });
    const longer = record(`{"response":"${text}a"}`);
    expect(read(longer)).toEqual({ taken: [], rest: longer });
  });

  it.each(["007f", "0080", "07ff", "0800", "d7ff", "e000", "fffd", "10000", "103ff", "10400", "10ffff"])(
    "knows how many bytes the character U+%s takes",
    (codePoint) => {
      const text = String.fromCodePoint(Number.parseInt(codePoint, 16));
      const rest = "data: [DONE]\n\n";
      expect(read(record(`{"response":"${text}"}`) + rest)).toEqual({ taken: [[text, ""]], rest });
    },
  );

  it("reads nothing of a chunk with bytes that are no text", () => {
    const bytes = encoder.encode(record('{"response":"a"}') + record('{"response":"b?"}'));
    bytes[bytes.indexOf(0x3f)] = 0xff;
    const taken: string[] = [];
    expect(readCommonRecords(bytes, (text, _padding, sink) => sink.push(text), taken)).toBe(0);
    expect(taken).toEqual([]);
  });
});

describe("the short way through an answer", () => {
  const common = record('{"response":"b"}');

  it.each([
    ["of one line", 'data: {"response":"a"}\n\n'],
    ["of two lines", 'data: {"response":"a"}\nevent: message\n\n'],
    ["that is a comment", ": nothing\n\n"],
  ])("is taken again behind a record %s that came in two chunks", (_fact, open) => {
    const bytes = encoder.encode(open + common.repeat(100));
    const parse = vi.spyOn(JSON, "parse");
    try {
      const answer = createAnswerDecoder(decoderOptions());
      const events: CompletionEvent[] = [];
      answer.feed(bytes.subarray(0, 5), events);
      answer.feed(bytes.subarray(5), events);
      expect(events.filter((event) => event.type === "text-delta" && event.text === "b")).toHaveLength(100);
      expect(parse.mock.calls.length).toBeLessThan(2);
    } finally {
      parse.mockRestore();
    }
  });

  it("says what the long way says, of any records in any chunks", () => {
    const usage = record('{"response":"","usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}');
    const slices = fc.oneof(fc.constant([]), fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 9 }));
    fc.assert(
      fc.property(fc.array(nearlyCommon, { maxLength: 8 }), slices, (records, sizes) => {
        const bytes = encoder.encode(records.join("") + usage + record("[DONE]"));
        // No record begins and ends in one byte, so that byte by byte none is read the short way.
        const longWay = decodeAnswer(cut(bytes, [1]));
        expect(decodeAnswer(cut(bytes, sizes))).toEqual(longWay);
      }),
      { numRuns: 1000, seed: 7 },
    );
  });
});
