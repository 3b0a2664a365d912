import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCommonFrame } from "../../src/workers-ai/common-frame.ts";
import { readNativeFrame } from "../../src/workers-ai/read-native-frame.ts";
import { isRecord, parseJson } from "../../src/json.ts";

const encoder = new TextEncoder();

/** What the parser and the reader of the wire format say of the same frame; `undefined` where it is not JSON. */
function readByParser(frame: string) {
  const value = parseJson(frame);
  return isRecord(value) ? readNativeFrame(value, false) : undefined;
}

/** Frames that are the common one, or nearly. */
const nearlyCommon = fc
  .tuple(
    fc.oneof(fc.string({ maxLength: 80 }), fc.constantFrom("", " tok", '"', "\\", "é", "\n", "7", "x".repeat(65))),
    fc.constantFrom("", ',"tool_calls":[]', ',"tool_calls":[{}]', ',"finish_reason":"stop"', ","),
    fc.constantFrom("", ',"p":"abc"', ',"p":""', ',"p":7', ',"p":"a\\"b"', ',"usage":{}', ',"p":"abc"x'),
    fc.constantFrom("}", "", "}}", "} ", '","x":"}'),
    fc.boolean(),
  )
  .map(([text, calls, padding, end, isEscaped]) => {
    const json = isEscaped ? JSON.stringify(text) : `"${text}"`;
    return `{"response":${json}${calls}${padding}${end}`;
  });

describe("readCommonFrame", () => {
  it.each([
    ['{"response":"Hello","p":"abdef"}', "Hello"],
    ['{"response":" world","tool_calls":[],"p":"abdefghij"}', " world"],
    ['{"response":"!","tool_calls":[]}', "!"],
    ['{"response":"{}"}', "{}"],
    ['{"response":""}', ""],
  ])("reads %s", (frame, text) => {
    expect(readCommonFrame(encoder.encode(frame))?.text).toBe(text);
  });

  it.each([
    '{"response":7,"p":"abc"}',
    '{"response":null,"usage":{"prompt_tokens":1,"completion_tokens":1}}',
    '{"response":"a\\nb"}',
    '{"response":"é"}',
    '{"response":"a"',
    '{"response":"a","p":"b"',
    '{"response":"a"} ',
    '{"response":"a","tool_calls":[{"name":"f"}]}',
    `{"response":"${"a".repeat(65)}"}`,
    '{"choices":[],"response":"a"}',
    "[DONE]",
    "",
  ])("leaves %s to the parser", (frame) => {
    expect(readCommonFrame(encoder.encode(frame))).toBeUndefined();
  });

  it("never says anything else than the parser does", () => {
    fc.assert(
      fc.property(nearlyCommon, (frame) => {
        const common = readCommonFrame(encoder.encode(frame));
        if (common === undefined) return;
        const { text } = common;
        expect(parseJson(frame)).toMatchObject(common.padding === "" ? {} : { p: common.padding });
        expect(readByParser(frame)).toEqual({
          text,
          reasoning: "",
          logprobs: [],
          toolCalls: [],
          finish: undefined,
          usage: undefined,
        });
      }),
      { numRuns: 3000, seed: 7 },
    );
  });

  it("reads most of the frames of a plain stream, so that the parser is not called for them", () => {
    const frames = ["The", " sea", " is", " wide", ",", " and", " 7", "."].map((text) =>
      JSON.stringify({ response: text, p: "abcdef" }),
    );
    expect(frames.every((frame) => readCommonFrame(encoder.encode(frame)) !== undefined)).toBe(true);
  });
});
