import * as fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { CompletionEvent } from "../../src/completion/event.ts";
import { createAnswerDecoder } from "../../src/workers-ai/answer-decoder.ts";
import type { FrameDecoderOptions } from "../../src/workers-ai/frame-decoder.ts";
import { createCounter } from "../completion/outcome.ts";
import { cut } from "../stream/cut.ts";
import { slicings } from "../support/slices.ts";
import { fixture, fixtureNames } from "./fixtures.ts";
import { decoderOptions } from "./read-bytes.ts";
import { countingForms, recordForms } from "./record-forms.ts";

/**
 * The two ways through an answer: by the records that came before, and by the parser. No record begins and ends in one byte, so that
 * byte by byte all take the second.
 */

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function record(frame: string): string {
  return `data: ${frame}\n\n`;
}

/** The events of an answer, and the failure that ended it. */
function decodeAnswer(chunks: readonly Uint8Array[], options: Partial<FrameDecoderOptions> = {}): readonly unknown[] {
  const answer = createAnswerDecoder({ ...decoderOptions(), ...options });
  const events: CompletionEvent[] = [];
  try {
    for (const chunk of chunks) if (!answer.isDone()) answer.feed(chunk, events);
    answer.end(events);
    return events;
  } catch (error) {
    return [...events, String(error)];
  }
}

/** Streams of records of one form or two, some of which are something else, or nearly the same. */
const tokens = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 20 }).map((text) => JSON.stringify(text)),
  fc.constantFrom(
    '" tok"',
    '"a"',
    '""',
    '"\\""',
    '"\\u00e9"',
    '"é"',
    '"\u2028"',
    '"😀"',
    '"7"',
    '"~"',
    `"${"x".repeat(300)}"`,
  ),
  fc.constantFrom(
    "7",
    "null",
    "true",
    '"\n"',
    '"\\x"',
    '"\\"',
    '"a',
    '"a","error":"5006: x"',
    '"a"},"finish_reason":"stop"',
    "{}",
    '["a"]',
  ),
);
const padding = fc.constantFrom("abc", "x", "x", "", "–", "a\\n", "x".repeat(300), 'x","response":"y');
const others = fc.constantFrom(
  '{"choices":[{"delta":{},"finish_reason":"stop","index":0}]}',
  '{"choices":[{"delta":{"content":"a"},"finish_reason":"length"}]}',
  '{"choices":[{"delta":{"content":"a"}}],"response":"b"}',
  '{"choices":[{"delta":{"content":"a"}}],"response":7}',
  '{"choices":[{"delta":{"content":"a"},"logprobs":{"content":[{"token":"a","logprob":-1}]}}]}',
  '{"choices":[{"delta":{"content":""},"logprobs":{"content":[{"token":"a","logprob":-1}]}}]}',
  '{"choices":[{"delta":{"content":"a","reasoning":"a"}}]}',
  '{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}]}}]}',
  '{"response":"a","tool_calls":[{"name":"g","arguments":{}}]}',
  '{"response":"","usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}',
  '{"response":"a","usage":{"prompt_tokens":1,"completion_tokens":2}}',
  '{"response":"a","usage":{"prompt_tokens":0,"completion_tokens":2,"x":"}"}}',
  '{"response":"a","response":"b"}',
  '{"response":"a","\\u0072esponse":"a"}',
  '{"error":{"message":"x","code":500}}',
  '{"response":"a","message":"5006: x"}',
  "[DONE]",
  "3040: x",
  "{",
);
const close = fc.oneof(
  { weight: 20, arbitrary: fc.constant("\n\n") },
  fc.constantFrom(
    "\n",
    "\r\n\r\n",
    "\n\n\n",
    "\n: comment\n\n",
    "\nevent: x\n\n",
    "\n[DONE]\n",
    "\ndata: \n\n",
    " \n\n",
    "\u00a0\n\n",
  ),
);
/** Puts a text in the place of so many characters. */
const damage = fc.option(
  fc.record({
    at: fc.nat(),
    length: fc.nat({ max: 2 }),
    text: fc.constantFrom(
      "",
      '"',
      "\\",
      "{",
      "}",
      ",",
      ":",
      "a",
      "1",
      "\n",
      "\r",
      "\n\n",
      "\t",
      "\u0000",
      " ",
      "é",
      '"p":"x",',
      '"usage":{},',
    ),
  }),
  { freq: 12 },
);
const step = fc.record({
  isSecond: fc.boolean(),
  token: fc.oneof({ weight: 3, arbitrary: fc.constantFrom('"a"', '" b"', '"é"') }, tokens),
  padding,
  count: fc.nat({ max: 3 }),
  other: fc.option(others, { freq: 8 }),
  close,
  damage,
});
const formNames = fc.constantFrom(...Object.values(recordForms), ...Object.values(countingForms));
const streams = fc.tuple(formNames, formNames, fc.array(step, { maxLength: 12 })).map(([first, second, steps]) =>
  steps
    .map((each) => {
      const frame = (each.isSecond ? second : first)(each.token, each.padding, each.count);
      const text = `data: ${each.other ?? frame}${each.close}`;
      if (each.damage === null) return text;
      const at = each.damage.at % text.length;
      return text.slice(0, at) + each.damage.text + text.slice(at + each.damage.length);
    })
    .join(""),
);

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
      // A record and the proof of what was learnt from it.
      expect(parse.mock.calls.length).toBeLessThanOrEqual(2);
    } finally {
      parse.mockRestore();
    }
  });

  it.each(fixtureNames)("says what the long way says, of %s", (name) => {
    const bytes = fixture(name);
    const longWay = decodeAnswer(cut(bytes, [1]));
    for (const { chunks } of slicings(bytes)) expect(decodeAnswer(chunks)).toEqual(longWay);
    for (const size of [200, 500, 700]) expect(decodeAnswer(cut(bytes, [size]))).toEqual(longWay);
  });

  it.each(fixtureNames.filter((name) => name.endsWith(".sse")))(
    "says what the long way says, of %s with each of its records three times",
    (name) => {
      const records = decoder.decode(fixture(name)).split(/(?<=\n\n)/);
      const bytes = encoder.encode(records.map((each) => each.repeat(3)).join(""));
      const longWay = decodeAnswer(cut(bytes, [1]));
      for (const size of [bytes.length, 300, 1000]) expect(decodeAnswer(cut(bytes, [size]))).toEqual(longWay);
    },
  );

  it("says what the long way says, of any records in any chunks", () => {
    const slices = fc.oneof(
      fc.constant([]),
      fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 9 }),
    );
    const maxTokens = fc.constantFrom(undefined, 3);
    fc.assert(
      fc.property(streams, slices, fc.boolean(), maxTokens, (stream, sizes, wantsLogprobs, limit) => {
        const bytes = encoder.encode(stream + record("[DONE]"));
        const options = { wantsLogprobs, maxTokens: limit };
        const longWay = decodeAnswer(cut(bytes, [1]), { ...options, mintToolCallId: createCounter() });
        expect(decodeAnswer(cut(bytes, sizes), { ...options, mintToolCallId: createCounter() })).toEqual(longWay);
      }),
      { numRuns: 3000, seed: 7 },
    );
  });
});
