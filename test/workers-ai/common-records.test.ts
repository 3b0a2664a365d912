import { describe, expect, it, vi } from "vitest";
import type { CompletionEvent } from "../../src/completion/event.ts";
import type { JsonRecord } from "../../src/json.ts";
import { createCommonRecords } from "../../src/workers-ai/common-records.ts";
import { createFrameDecoder } from "../../src/workers-ai/frame-decoder.ts";
import { decoderOptions } from "./read-bytes.ts";
import { countingForms, recordForms } from "./record-forms.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A reader of common records that parses what is left to the parser, and learns from it. */
function createReader() {
  const frames = createFrameDecoder(decoderOptions());
  const parsed: string[] = [];
  const common = createCommonRecords(frames, (json, events) => {
    parsed.push(json);
    common.learn(json, frames.decode(JSON.parse(json) as JsonRecord, false, events));
  });
  return {
    parsed,
    /** The texts of the records that are read of a chunk, and what is left of it. */
    read: (chunk: string | Uint8Array) => {
      const bytes = typeof chunk === "string" ? encoder.encode(chunk) : chunk;
      const events: CompletionEvent[] = [];
      const end = common.read(bytes, events);
      const texts = events.map((event) => ("text" in event ? event.text : event.type));
      return { texts, rest: decoder.decode(bytes.subarray(end)) };
    },
  };
}

function record(frame: string): string {
  return `data: ${frame}\n\n`;
}

describe("common records", () => {
  it.each(Object.entries(recordForms))("of the form %s are parsed once", (_name, toFrame) => {
    const { read, parsed } = createReader();
    const texts = Array.from({ length: 50 }, (_, index) => `"${index}" \n 海`);
    const frames = texts.map((text, index) => toFrame(JSON.stringify(text), "abc".slice(index % 3), index));
    expect(read(frames.map(record).join(""))).toEqual({ texts, rest: "" });
    expect(parsed).toEqual(frames.slice(0, 1));
  });

  it.each([
    ["with and without a member", ['{"response":"a","p":"x"}', '{"response":"a","tool_calls":[],"p":"x"}']],
    ["of reasoning and of text", ['{"reasoning":"a"}', '{"response":"a"}']],
    ["of three forms", ['{"reasoning":"a"}', '{"response":"a"}', '{"choices":[{"text":"a"}]}']],
  ])("%s in turns are parsed once each", (_fact, frames) => {
    const { read, parsed } = createReader();
    read(frames.map(record).join("").repeat(20));
    expect(parsed).toEqual(frames);
  });

  it("that numbers come between are parsed once, and the numbers each time", () => {
    const { read, parsed } = createReader();
    const stream = Array.from({ length: 100 }, (_, index) => {
      const text = index % 5 === 0 ? String(index) : "a";
      return `{"choices":[{"delta":{"content":"${text}"}}],"response":${index % 5 === 0 ? text : '"a"'}}`;
    });
    read(stream.map(record).join(""));
    expect(parsed.filter((frame) => frame.includes('"a"'))).toHaveLength(1);
    expect(parsed).toHaveLength(21);
  });

  it("are learnt however many others come first", () => {
    const { read, parsed } = createReader();
    const call = '{"tool_calls":[{"index":0,"function":{"arguments":"{"}}]}';
    read(record('{"response":""}') + record(call).repeat(50) + record('{"response":"a"}').repeat(50));
    expect(parsed).toHaveLength(52);
  });

  it.each(Object.entries(countingForms))("are not looked for for ever in records of the form %s", (_name, toFrame) => {
    const spies = [vi.spyOn(JSON, "stringify"), vi.spyOn(String.prototype, "substring")];
    try {
      const { read, parsed } = createReader();
      const frames = Array.from({ length: 100 }, (_, index) => toFrame('"a"', "x", index));
      read(frames.map(record).join(""));
      expect(parsed).toEqual(frames);
      for (const spy of spies) expect(spy.mock.calls.length).toBeLessThan(100);
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
  });

  it("are learnt anew where a member changes now and then", () => {
    const { read, parsed } = createReader();
    const frames = Array.from({ length: 500 }, (_, index) => `{"response":"a","created":${Math.floor(index / 20)}}`);
    read(frames.map(record).join(""));
    expect(parsed).toHaveLength(25);
  });

  it.each([
    ["a finish", '{"response":"a","finish_reason":"stop"}'],
    ["a stop sequence", '{"choices":[{"delta":{"content":"a"},"matched_stop":"END"}]}'],
    ["a call", '{"response":"a","tool_calls":[{"name":"f","arguments":{}}]}'],
    ["a call of a choice", '{"choices":[{"delta":{"content":"a","tool_calls":[{"index":0}]}}]}'],
    ["probabilities", '{"choices":[{"delta":{"content":"a"},"logprobs":{"content":[{}]}}]}'],
    ["text and reasoning", '{"response":"a","reasoning":"a"}'],
    ["no text", '{"response":""}'],
  ])("are none with %s", (_fact, frame) => {
    const { read, parsed } = createReader();
    read(record(frame).repeat(3));
    expect(parsed).toHaveLength(3);
  });

  it("are read up to the first record that is not one line, or not whole", () => {
    for (const rest of [
      "data: [DONE]\n\n",
      'data: {"response":"a',
      'data: {"response":"a"}\n',
      'data: {"response":\ndata: "a"}\n\n',
      'data: {"response":\r"a"}\n\n',
      'data: {"response":"a"}\r\n\r\n',
      'data:{"response":"a"}\n\n',
      ": comment\n\n",
      "\n",
      record(`{"response":"${"a".repeat(5000)}"}`),
    ]) {
      const records = ["é", "海", "a", "😀"].map((text) => record(`{"response":"${text}"}`)).join("");
      expect(createReader().read(records + rest)).toEqual({ texts: ["é", "海", "a", "😀"], rest });
    }
  });

  it("are read up to one that breaks off within a character", () => {
    const whole = record('{"response":"é"}');
    const bytes = encoder.encode(`${whole}${whole}data: {"response":"é`);
    const { texts } = createReader().read(bytes.subarray(0, -1));
    expect(texts).toEqual(["é", "é"]);
  });

  it.each(["007f", "0080", "07ff", "0800", "d7ff", "e000", "fffd", "10000", "103ff", "10400", "10ffff"])(
    "know how many bytes the character U+%s takes",
    (codePoint) => {
      const text = String.fromCodePoint(Number.parseInt(codePoint, 16));
      const rest = "data: [DONE]\n\n";
      expect(createReader().read(record(`{"response":"${text}"}`) + rest)).toEqual({ texts: [text], rest });
    },
  );

  it("are none in a chunk with bytes that are no text", () => {
    const bytes = encoder.encode(record('{"response":"a"}') + record('{"response":"b?"}'));
    bytes[bytes.indexOf(0x3f)] = 0xff;
    const { read, parsed } = createReader();
    expect(read(bytes)).toEqual({ texts: [], rest: decoder.decode(bytes) });
    expect(parsed).toEqual([]);
  });
});
