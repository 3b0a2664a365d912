import { describe, expect, it } from "vitest";
import type { JsonRecord } from "../../src/json.ts";
import { readFrame, unwrap } from "../../src/workers-ai/read-frame.ts";
import type { AnyFrameReading } from "../../src/workers-ai/read-frame.ts";
import { readRepetition, toTemplate } from "../../src/workers-ai/record-template.ts";
import type { RecordTemplate } from "../../src/workers-ai/record-template.ts";
import { recordForms } from "./record-forms.ts";

function parse(json: string): AnyFrameReading {
  return readFrame(unwrap(JSON.parse(json) as JsonRecord), false);
}

function learn(json: string): RecordTemplate | undefined {
  return toTemplate(json, parse(json));
}

function record(json: string): string {
  return `data: ${json}\n\n`;
}

/** What a template that is learnt from one frame makes of another. */
function repeat(first: string, other: string) {
  const template = learn(first);
  if (template === undefined) throw new Error("nothing was learnt");
  return readRepetition(template, `${record(first)}${record(other)}`, record(first).length);
}

describe.each(Object.entries(recordForms))("a record of the form %s", (_name, toFrame) => {
  it.each([
    '"b"',
    '"a"',
    '" \\n\\"\\\\\\/"',
    '"\\u00e9\\ud83d\\ude00"',
    '"海は広い😀é"',
    '"\u007f"',
    `"${"x".repeat(1500)}"`,
  ])("is read as the parser reads it, with the text %s", (json) => {
    const other = toFrame(json, "abcdefgh", 17);
    const { text, reasoning, usage, padding } = parse(other);
    const expected = { text, reasoning, usage, padding, end: record(toFrame('"a"', "x", 2) + other).length + 8 };
    expect(repeat(toFrame('"a"', "x", 2), other)).toEqual(expected);
  });

  it.each(['""', "7", "null", '"a', '"a\\xb"', '"\u0001"', '"\n"', '"a"x', '"a","error":{}', `"${"x".repeat(5000)}"`])(
    "is left to the parser with %s in the text's place",
    (json) => {
      expect(repeat(toFrame('"a"', "x", 2), toFrame(json, "x", 2))).toBeUndefined();
    },
  );
});

describe("a template", () => {
  it.each([
    ["texts that differ", '{"choices":[{"delta":{"content":"a"}}],"response":"b"}'],
    ["a number for a text", '{"choices":[{"delta":{"content":7}}],"response":"7"}'],
    ["a text that is escaped otherwise", '{"response":"\\u0061"}'],
    ["a member whose name is escaped", '{"\\u0072esponse":"a","reasoning":{"text":"a"}}'],
    ["padding that is not the frame's", '{"response":"a","x":{"p":"abc"}}'],
    ["padding that is too long", `{"response":"a","p":"${"x".repeat(257)}"}`],
    ["two pieces of content", '{"delta":{"content":[{"type":"text","text":"a"},{"type":"text","text":"a"}]}}'],
    ["a line end", '{"response":"a",\n"p":"x"}'],
    ["a carriage return", '{"response":"a",\r"p":"x"}'],
    ["5000 characters", `{"response":"a","x":"${"x".repeat(5000)}"}`],
  ])("is not made of a frame with %s", (_fact, json) => {
    expect(learn(json)).toBeUndefined();
  });

  it.each([
    ["another member", '{"response":"b","p":"x","finish_reason":"stop"}'],
    ["another order", '{"p":"x","response":"b"}'],
    ["padding that is escaped", '{"response":"b","p":"\\n"}'],
    ["padding that is too long", `{"response":"b","p":"${"x".repeat(257)}"}`],
    ["padding that is empty", '{"response":"b","p":""}'],
    ["padding that is a number", '{"response":"b","p":7}'],
    ["something behind it", '{"response":"b","p":"x"} '],
    ["a text that closes the frame", '{"response":"b","error":"x","p":"x"}'],
  ])("does not take a record with %s", (_fact, json) => {
    expect(repeat('{"response":"a","p":"abc"}', json)).toBeUndefined();
  });

  it.each([
    ["texts that differ", '{"response":"b","delta":{"content":"c"}}'],
    ["a text that goes on", '{"response":"b","delta":{"content":"bc"}}'],
    ["a text that ends early", '{"response":"bc","delta":{"content":"b"}}'],
    ["the same text escaped otherwise", '{"response":"b","delta":{"content":"\\u0062"}}'],
  ])("does not take a record with %s", (_fact, json) => {
    expect(repeat('{"response":"a","delta":{"content":"a"}}', json)).toBeUndefined();
  });

  it("does not take a record with another usage", () => {
    const [first = "", other = ""] = [1, 2].map(
      (tokens) => `{"response":"a","usage":{"prompt_tokens":1,"completion_tokens":${tokens}}}`,
    );
    expect(repeat(first, first)).toMatchObject({ usage: { usage: { completionTokens: 1 } } });
    expect(repeat(first, other)).toBeUndefined();
  });

  it("does not take a record that is not whole", () => {
    const template = learn('{"response":"a","p":"abc"}');
    const whole = record('{"response":"b","p":"x"}');
    for (let length = 0; length < whole.length; length += 1) {
      expect(template && readRepetition(template, whole.slice(0, length), 0)).toBeUndefined();
    }
  });

  it("takes a text of 4095 characters and none that is longer", () => {
    const text = "a".repeat(4095);
    expect(repeat('{"response":"b"}', `{"response":"${text}"}`)).toMatchObject({ text });
    expect(repeat('{"response":"b"}', `{"response":"${text}a"}`)).toBeUndefined();
  });
});
