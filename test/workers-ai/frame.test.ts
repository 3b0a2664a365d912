import { describe, expect, it } from "vitest";
import { mapFinishReason, readContent, readText } from "../../src/workers-ai/frame.ts";

describe("the upstream's word for the end", () => {
  it.each([
    ["stop", "stop"],
    ["STOP", "stop"],
    ["eos", "stop"],
    ["eos_token", "stop"],
    ["end_turn", "stop"],
    ["stop_sequence", "stop"],
    ["length", "length"],
    ["max_tokens", "length"],
    ["MAX_TOKENS", "length"],
    ["model_length", "length"],
    ["tool_calls", "tool_calls"],
    ["tool-calls", "tool_calls"],
    ["tool_use", "tool_calls"],
    ["function_call", "tool_calls"],
    ["content_filter", "content_filter"],
    ["content-filter", "content_filter"],
    ["SAFETY", "content_filter"],
    ["error", "failed"],
    ["abort", "failed"],
    ["whatever", "unnamed"],
    ["", undefined],
    [null, undefined],
    [undefined, undefined],
    [5, undefined],
    [["stop"], undefined],
  ])("%j is %j", (value, expected) => {
    expect(mapFinishReason(value)).toBe(expected);
  });
});

describe("a text", () => {
  it.each([
    ["a", "a"],
    ["", ""],
    [null, ""],
    [undefined, ""],
    [0, "0"],
    [4.5, "4.5"],
    [true, "true"],
    [false, "false"],
    [{ a: 1 }, '{"a":1}'],
    [[], "[]"],
  ])("that came as %j is %j", (value, expected) => {
    expect(readText(value)).toBe(expected);
  });
});

describe("a content", () => {
  const first = { type: "text", text: "a" };

  it.each([
    ["of text is that", "a", "a"],
    ["of text parts is their texts", [first, { type: "text", text: 5 }, { type: "text" }], "a5"],
    ["of no parts is empty", [], ""],
    ["with a part of another type is JSON", [first, { type: "x" }], '[{"type":"text","text":"a"},{"type":"x"}]'],
    ["with a part that has no type is JSON", [{ text: "a" }], '[{"text":"a"}]'],
    ["of numbers is JSON", [1, 2], "[1,2]"],
    ["of an object is JSON", first, '{"type":"text","text":"a"}'],
  ])("%s", (_fact, value, expected) => {
    expect(readContent(value)).toBe(expected);
  });
});
