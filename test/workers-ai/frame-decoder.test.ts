import { describe, expect, it } from "vitest";
import type { CompletionEvent } from "../../src/completion/event.ts";
import type { JsonRecord } from "../../src/json.ts";
import { createFrameDecoder } from "../../src/workers-ai/frame-decoder.ts";
import type { FrameDecoderOptions } from "../../src/workers-ai/frame-decoder.ts";
import type { PlainReading } from "../../src/workers-ai/read-frame.ts";
import { decoderOptions } from "./read-bytes.ts";

/** What a frame says that is nothing but a text. */
function plain(words: string): PlainReading {
  return { text: words, reasoning: "", padding: "", usage: undefined };
}

/** All events of a stream of these frames. A text stands for a frame that says nothing else. */
function decodeStream(
  frames: readonly (JsonRecord | string)[],
  options: Partial<FrameDecoderOptions> = {},
): readonly CompletionEvent[] {
  const decoder = createFrameDecoder({ ...decoderOptions(), ...options });
  const events: CompletionEvent[] = [];
  for (const frame of frames) {
    if (typeof frame === "string") decoder.take(plain(frame), events);
    else decoder.decode(frame, false, events);
  }
  decoder.end(events);
  return events;
}

/** All events of an answer that is this frame. */
function decodeWhole(frame: JsonRecord): readonly CompletionEvent[] {
  const decoder = createFrameDecoder(decoderOptions());
  const events: CompletionEvent[] = [];
  decoder.decode(frame, true, events);
  decoder.end(events);
  return events;
}

function choice(delta: object, others: object = {}): JsonRecord {
  return { choices: [{ delta, ...others }] };
}

const text = { type: "text-delta", text: "a" };
const stop = { type: "finish", reason: "stop" };
const tokens = [{ token: "a", logprob: -0.5 }];
const usage = { prompt_tokens: 1, completion_tokens: 2 };

describe("the log probabilities of a text", () => {
  const first = { logprobs: { content: tokens } };

  it.each([
    ["abc", { padding: "abc" }],
    ["", {}],
    [undefined, {}],
  ])("come with the padding %j of its frame", (p, expected) => {
    const events = decodeStream([{ ...choice({ content: "a" }, first), p }, choice({}, { finish_reason: "stop" })]);
    expect(events).toStrictEqual([{ ...text, logprobs: tokens, ...expected }, stop]);
  });

  it("are those of one text and of no other", () => {
    const events = decodeStream([choice({ content: "a" }, first), "b", choice({}, { finish_reason: "stop" })]);
    expect(events).toStrictEqual([{ ...text, logprobs: tokens }, { type: "text-delta", text: "b" }, stop]);
  });

  it("come with an empty text where none follows", () => {
    const events = decodeStream([choice({ content: "" }, first), choice({}, { finish_reason: "stop" })]);
    expect(events).toStrictEqual([{ type: "text-delta", text: "", logprobs: tokens }, stop]);
  });
});

describe("calls beside choices", () => {
  const flat = { name: "f", arguments: { x: 1 } };
  const call = [
    { type: "tool-call-start", index: 0, id: "call_1", name: "f" },
    { type: "tool-call-delta", index: 0, argumentsDelta: '{"x":1}' },
    { type: "tool-call-end", index: 0 },
  ];

  it("are read where the choices have none", () => {
    const frames = [choice({ content: "a" }), { ...choice({ content: "" }), tool_calls: [flat] }];
    expect(decodeStream([...frames, choice({}, { finish_reason: "stop" })])).toStrictEqual([
      text,
      ...call,
      { type: "finish", reason: "tool_calls" },
    ]);
  });

  it("are copies where the choices have had some, also in a frame without choices", () => {
    const calls = [{ index: 0, function: { name: "f", arguments: '{"x":1}' } }];
    const frames = [choice({ tool_calls: calls }), { response: "", tool_calls: [flat] }];
    expect(decodeStream([...frames, choice({}, { finish_reason: "stop" })])).toStrictEqual([
      ...call,
      { type: "finish", reason: "tool_calls" },
    ]);
  });
});

describe("the end of an answer", () => {
  const unnamedEnd = { response: "", usage };

  it("stays where a frame that says nothing follows", () => {
    expect(decodeStream(["a", unnamedEnd, { response: "", p: 5 }])).toContainEqual(stop);
  });

  it("that was named stays where text follows", () => {
    expect(
      decodeStream([choice({ content: "a" }, { finish_reason: "length" }), { response: "b", p: 5 }]),
    ).toStrictEqual([text, { type: "text-delta", text: "b" }, { type: "finish", reason: "length" }]);
  });

  it("that was named stays where another name comes with text", () => {
    const events = decodeStream([
      choice({ content: "a" }, { finish_reason: "length" }),
      choice({ content: "b" }, { finish_reason: "stop" }),
    ]);
    expect(events).toContainEqual({ type: "finish", reason: "length" });
  });

  it("is seen as soon as it was told", () => {
    const decoder = createFrameDecoder(decoderOptions());
    const events: CompletionEvent[] = [];
    expect(decoder.isFinished()).toBe(false);
    decoder.take(plain("a"), events);
    expect(decoder.isFinished()).toBe(false);
    decoder.decode(unnamedEnd, false, events);
    expect(decoder.isFinished()).toBe(true);
    decoder.take(plain("b"), events);
    expect(decoder.isFinished()).toBe(false);
    decoder.markDone();
    expect(decoder.isFinished()).toBe(true);
  });

  it.each([
    ["an announced call that is not made", "tool_calls", "stop"],
    ["a stop", "stop", "stop"],
    ["a filter", "content_filter", "content_filter"],
    ["a word that is not known", "whatever", "stop"],
  ])("behind text is for %s: %s is %s", (_fact, finish_reason, reason) => {
    expect(decodeStream(["a", choice({}, { finish_reason })])).toStrictEqual([text, { type: "finish", reason }]);
  });

  it.each([
    ["stop", 2, "stop"],
    ["length", 3, "length"],
    ["whatever", 2, "length"],
    ["whatever", 1, "length"],
    ["whatever", 3, "stop"],
    ["whatever", undefined, "stop"],
  ])("%s of 2 tokens, where %s were allowed, is %s", (finish_reason, maxTokens, reason) => {
    const frames = ["a", { ...choice({}, { finish_reason }), usage }];
    expect(decodeStream(frames, { maxTokens }).at(-1)).toStrictEqual({ type: "finish", reason });
  });

  it("has no usage where none was told", () => {
    expect(decodeStream(["a", choice({}, { finish_reason: "stop" })])).toStrictEqual([text, stop]);
  });
});

describe("the stop sequence", () => {
  it.each([
    ["where it is named beside the reason", [choice({}, { finish_reason: "stop", matched_stop: "END" })]],
    ["under its other name", [choice({}, { finish_reason: "stop", stop_reason: "END" })]],
    [
      "where a frame follows that names none",
      [choice({}, { finish_reason: "stop", matched_stop: "END" }), choice({}, { matched_stop: null })],
    ],
  ])("comes with the finish %s", (_fact, frames) => {
    expect(decodeStream(["a", ...frames])).toStrictEqual([text, { ...stop, stopSequence: "END" }]);
  });

  it.each([
    ["is the number of a token", { finish_reason: "stop", matched_stop: 128_001 }, "stop"],
    ["is null", { finish_reason: "stop", matched_stop: null, stop_reason: null }, "stop"],
    ["did not end the answer", { finish_reason: "length", matched_stop: "END" }, "length"],
  ])("is left out where it %s", (_fact, others, reason) => {
    expect(decodeStream(["a", choice({}, others)])).toStrictEqual([text, { type: "finish", reason }]);
  });
});

describe("a whole answer", () => {
  const message = { choices: [{ message: { content: "a" } }] };

  it.each<[string, JsonRecord]>([
    ["of choices alone", message],
    ["of a response alone", { response: "a" }],
    ["of a delta alone", { delta: { content: "a" } }],
    ["that says that it succeeded", { success: true, response: "a" }],
    ["in an envelope", { success: true, result: { response: "a" } }],
    ["in an envelope, with choices", { success: true, errors: [], result: message }],
    ["with a result that is no envelope's", { response: "a", result: { response: "b" } }],
    ["with a result that did not succeed or fail", { response: "a", success: null, result: { response: "b" } }],
    ["with a result that is no object", { response: "a", success: true, result: "b" }],
  ])("is one %s", (_fact, frame) => {
    expect(decodeWhole(frame)).toStrictEqual([text, stop]);
  });

  it.each<[string, JsonRecord]>([
    ["no member", {}],
    ["no choice", { choices: [] }],
    ["choices that are no list", { choices: "a" }],
    ["a delta, a usage and calls that are none", { delta: "a", usage: 5, tool_calls: {} }],
    ["an empty envelope", { success: true, result: {} }],
  ])("is none with %s", (_fact, frame) => {
    expect(() => decodeWhole(frame)).toThrow("Workers AI sent an empty answer.");
  });
});
