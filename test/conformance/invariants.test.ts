import { describe, expect, it } from "vitest";
import { checkChatStream } from "./support/check-chat-stream.ts";
import { checkChatCompletion } from "./support/check-completions.ts";

/** The checker is itself checked: a stream that is right passes, and each oddity that punishes a client is found. */

const head = { id: "chatcmpl-1", object: "chat.completion.chunk", created: 1_790_000_000, model: "@cf/meta/llama" };
const first = { role: "assistant", content: "", refusal: null };

function chunk(delta: object, finishReason: string | null = null, extra: object = {}): object {
  return { ...head, choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }], ...extra };
}

function toText(chunks: readonly object[], end = "data: [DONE]\n\n"): string {
  return chunks.map((value) => `data: ${JSON.stringify(value)}\n\n`).join("") + end;
}

function callDelta(call: object): object {
  return chunk({ tool_calls: [call] });
}

const callStart = { index: 0, id: "call_1", type: "function", function: { name: "f", arguments: "" } };
const good = [chunk(first), chunk({ content: "Hi" }), chunk({}, "stop")];

const oddities: readonly (readonly [string, string])[] = [
  ["[DONE] is missing", toText(good, "")],
  ["no role", toText([chunk({ content: "Hi" }), chunk({}, "stop")])],
  ["the role in each chunk", toText([chunk(first), chunk({ role: "assistant", content: "Hi" }), chunk({}, "stop")])],
  ["no finish reason", toText(good.slice(0, 2))],
  ["a finish reason beside content", toText([chunk(first), chunk({ content: "Hi" }, "stop")])],
  ["content after the finish", toText([...good, chunk({ content: "more" })])],
  ["content that is a number", toText([chunk(first), chunk({ content: 1 }), chunk({}, "stop")])],
  ["a native member", toText([chunk(first), chunk({ content: "Hi" }, null, { response: "Hi" }), chunk({}, "stop")])],
  ["padding", toText([chunk(first, null, { p: "abc" }), chunk({}, "stop")])],
  ["usage that nobody asked for", toText([chunk(first), chunk({}, "stop", { usage: null })])],
  ["a chunk without choices", toText([...good, { ...head, choices: [] }])],
  ["an id that changes", toText([chunk(first), chunk({}, "stop", { id: "chatcmpl-2" })])],
  ["an event line", `event: ping\n\n${toText(good)}`],
  [
    "no logprobs key",
    toText([{ ...head, choices: [{ index: 0, delta: first, finish_reason: null }] }, chunk({}, "stop")]),
  ],
  ["milliseconds for seconds", toText(good.map((value) => ({ ...value, created: 1_790_000_000_000 })))],
  ["tool calls that are null", toText([chunk(first), chunk({ content: "Hi", tool_calls: null }), chunk({}, "stop")])],
  [
    "a repeated call name",
    toText([
      chunk(first),
      callDelta(callStart),
      callDelta({ index: 0, function: { name: "f", arguments: "{}" } }),
      chunk({}, "tool_calls"),
    ]),
  ],
  [
    "a null id in a later delta",
    toText([
      chunk(first),
      callDelta(callStart),
      callDelta({ index: 0, id: null, function: { arguments: "{}" } }),
      chunk({}, "tool_calls"),
    ]),
  ],
  [
    "a call that ends with stop",
    toText([
      chunk(first),
      callDelta(callStart),
      callDelta({ index: 0, function: { arguments: "{}" } }),
      chunk({}, "stop"),
    ]),
  ],
  ["empty arguments", toText([chunk(first), callDelta(callStart), chunk({}, "tool_calls")])],
  [
    "a call without index",
    toText([chunk(first), callDelta({ ...callStart, index: undefined }), chunk({}, "tool_calls")]),
  ],
];

describe("the checker of streams", () => {
  it("passes a stream that is as OpenAI sends it", () => {
    expect(checkChatStream(toText(good)).problems).toEqual([]);
  });

  it.each(oddities)("finds %s", (_, text) => {
    expect(checkChatStream(text).problems).not.toEqual([]);
  });
});

describe("the checker of whole answers", () => {
  const message = { role: "assistant", content: "Hi", refusal: null };
  const answer = { ...head, object: "chat.completion" };
  const choice = { index: 0, message, logprobs: null, finish_reason: "stop" };
  const call = { id: "call_1", type: "function", function: { name: "f", arguments: "{}" } };

  it("passes an answer that is as OpenAI sends it", () => {
    expect(checkChatCompletion({ ...answer, choices: [choice] })).toEqual([]);
  });

  it.each([
    ["no logprobs key", { index: 0, message, finish_reason: "stop" }],
    ["no refusal key", { ...choice, message: { role: "assistant", content: "Hi" } }],
    ["empty tool calls", { ...choice, message: { ...message, tool_calls: [] } }],
    ["a call that ends with stop", { ...choice, message: { ...message, content: null, tool_calls: [call] } }],
    [
      "arguments that are an object",
      { ...choice, message: { ...message, tool_calls: [{ ...call, function: { name: "f", arguments: {} } }] } },
    ],
    ["content null without a call", { ...choice, message: { ...message, content: null } }],
    ["no finish reason", { ...choice, finish_reason: null }],
  ])("finds %s", (_, odd) => {
    expect(checkChatCompletion({ ...answer, choices: [odd] })).not.toEqual([]);
  });
});
