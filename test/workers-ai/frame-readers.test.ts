import { describe, expect, it } from "vitest";
import { readAnswer } from "../../src/workers-ai/answer.ts";
import { readChoicesFrame } from "../../src/workers-ai/read-choices-frame.ts";
import { readNativeFrame } from "../../src/workers-ai/read-native-frame.ts";
import { readToolCalls } from "../../src/workers-ai/read-tool-calls.ts";
import { readUsage } from "../../src/workers-ai/read-usage.ts";
import { summarise } from "../completion/outcome.ts";
import { toBody } from "../support/slices.ts";
import { decoderOptions, readChunks } from "./read-bytes.ts";

/** What the readers make of members that are missing, of a wrong type, or at the edge of what they accept. */

function counts(value: unknown): readonly (number | undefined)[] | undefined {
  const usage = readUsage(value);
  return usage && [usage.promptTokens, usage.completionTokens, usage.totalTokens];
}

describe("usage", () => {
  it.each<[string, unknown, readonly number[] | undefined]>([
    ["of two counts is summed", { prompt_tokens: 3, completion_tokens: 2 }, [3, 2, 5]],
    ["of nothing but zeros counts", { prompt_tokens: 0, completion_tokens: 0 }, [0, 0, 0]],
    ["whose total is wrong has the right one", { prompt_tokens: 3, completion_tokens: 2, total_tokens: 9 }, [3, 2, 5]],
    ["as text is numbers", { prompt_tokens: "3", completion_tokens: "2" }, [3, 2, 5]],
    ["of the prompt and the total has the rest", { prompt_tokens: 3, total_tokens: 5 }, [3, 2, 5]],
    ["of the completion and the total has the rest", { completion_tokens: 2, total_tokens: 5 }, [3, 2, 5]],
    ["whose part is the total has a rest of none", { prompt_tokens: 5, total_tokens: 5 }, [5, 0, 5]],
    ["whose part is more than the total is none", { prompt_tokens: 6, total_tokens: 5 }, undefined],
    ["of the prompt alone is none", { prompt_tokens: 3 }, undefined],
    ["of the completion alone is none", { completion_tokens: 2 }, undefined],
    ["of the total alone is none", { total_tokens: 5 }, undefined],
    ["below zero is none", { prompt_tokens: -3, completion_tokens: 2 }, undefined],
    ["of half a token is none", { prompt_tokens: 3.5, completion_tokens: 2 }, undefined],
    ["of half a number as text is none", { prompt_tokens: "3x", completion_tokens: 2 }, undefined],
    ["of a text that ends in a number is none", { prompt_tokens: "x3", completion_tokens: 2 }, undefined],
    ["of a signed number as text is none", { prompt_tokens: "+3", completion_tokens: 2 }, undefined],
    ["of a number with an exponent as text is none", { prompt_tokens: "3e2", completion_tokens: 2 }, undefined],
    ["of a fraction as text is none", { prompt_tokens: "3.0", completion_tokens: 2 }, undefined],
    ["of an empty text is none", { prompt_tokens: "", completion_tokens: 2 }, undefined],
    ["of a list is none", { prompt_tokens: [3], completion_tokens: 2 }, undefined],
    ["of infinity is none", { prompt_tokens: Number.POSITIVE_INFINITY, completion_tokens: 2 }, undefined],
  ])("%s", (_fact, value, expected) => {
    expect(counts(value)).toEqual(expected);
  });

  it.each([
    [0, 0],
    [1.5, 1.5],
    [-1, undefined],
    ["1", undefined],
    [Number.POSITIVE_INFINITY, undefined],
  ])("tells %s neurons as %s", (neurons, expected) => {
    expect(readUsage({ prompt_tokens: 1, completion_tokens: 1, neurons })?.neurons).toBe(expected);
  });
});

describe("an entry of tool calls", () => {
  const flat = { index: undefined, id: undefined, name: "f", argumentsText: '{"a":1}', whole: true };

  it.each<[string, unknown, boolean, object]>([
    ["that is flat is whole", { name: "f", arguments: '{"a":1}' }, false, flat],
    ["with parsed arguments is whole", { function: { name: "f", arguments: { a: 1 } } }, false, flat],
    ["with parameters for arguments is read alike", { name: "f", parameters: { a: 1 } }, false, flat],
    [
      "that is nested and text is a piece",
      { function: { name: "f", arguments: '{"a":1}' } },
      false,
      { ...flat, whole: false },
    ],
    ["of a whole answer is whole", { function: { name: "f", arguments: '{"a":1}' } }, true, flat],
    [
      "without a name is a piece",
      { function: { arguments: { a: 1 } } },
      true,
      { ...flat, name: undefined, whole: false },
    ],
    [
      "with no arguments has none",
      { index: 2, id: "x", function: { name: "f", arguments: null } },
      false,
      { index: 2, id: "x", name: "f", argumentsText: undefined, whole: false },
    ],
    [
      "with null for parameters has none",
      { function: { name: "f", parameters: null } },
      false,
      { ...flat, argumentsText: undefined, whole: false },
    ],
    [
      "without arguments and parameters has none",
      { function: { name: "f" } },
      false,
      { ...flat, argumentsText: undefined, whole: false },
    ],
    [
      "with an empty name and an empty id has neither",
      { id: "", name: "", arguments: '{"a":1}' },
      false,
      { ...flat, name: undefined, whole: false },
    ],
    [
      "with a name and an id that are no texts has neither",
      { index: "2", id: 5, function: { name: 7, arguments: "" } },
      false,
      { index: undefined, id: undefined, name: undefined, argumentsText: "", whole: false },
    ],
  ])("%s", (_fact, entry, isWholeAnswer, expected) => {
    expect(readToolCalls([entry], isWholeAnswer)).toEqual([expected]);
  });
});

describe("a frame with choices", () => {
  const logprobs = { content: [{ token: "a" }] };

  it.each([{ content: "a" }, { content: "a", reasoning: "b" }, { content: "" }])(
    "has the log probabilities of %j",
    (delta) => {
      expect(readChoicesFrame({}, [{ delta, logprobs }]).logprobs).toEqual(logprobs.content);
    },
  );

  it("has no log probabilities of reasoning alone", () => {
    expect(readChoicesFrame({}, [{ delta: { reasoning: "b" }, logprobs }]).logprobs).toEqual([]);
  });

  it.each([[null], ["a"], [[]], [{}], [{ content: null }], [{ content: "a" }]])(
    "has no log probabilities where they are %j",
    (value) => {
      expect(readChoicesFrame({}, [{ delta: { content: "a" }, logprobs: value }]).logprobs).toEqual([]);
    },
  );

  it.each<[object, object]>([
    [{ matched_stop: "END" }, { stoppedAt: "END" }],
    [{ stop_reason: "END" }, { stoppedAt: "END" }],
    [{ matched_stop: "END", stop_reason: "OTHER" }, { stoppedAt: "END" }],
    [{ matched_stop: null, stop_reason: "END" }, { stoppedAt: "END" }],
    [{ matched_stop: 128_001, stop_reason: "END" }, {}],
    [{ stop_reason: 128_001 }, {}],
    [{ matched_stop: null }, {}],
    [{}, {}],
  ])("of %j says that it stopped at %j", (members, expected) => {
    expect(readChoicesFrame({}, [members])).toStrictEqual({
      text: "",
      reasoning: "",
      logprobs: [],
      toolCalls: [],
      finish: undefined,
      usage: undefined,
      ...expected,
    });
  });

  it.each([[[]], [[null]], [["a"]], [[[]]]])("whose choices are %j says nothing", (choices) => {
    expect(readChoicesFrame({}, choices)).toMatchObject({ text: "", reasoning: "", toolCalls: [], finish: undefined });
  });
});

describe("a native frame", () => {
  const usage = { prompt_tokens: 1, completion_tokens: 1 };

  it.each<[string, Readonly<Record<string, unknown>>, string | undefined]>([
    ["with usage alone is the end", { response: "", usage }, "unnamed"],
    ["with usage beside text is not", { response: "a", usage }, undefined],
    ["with usage beside reasoning is not", { reasoning: "a", usage }, undefined],
    ["with usage beside a call is not", { response: "", tool_calls: [{ name: "f" }], usage }, undefined],
    ["without usage is not", { response: "" }, undefined],
    ["with a reason has it", { response: "a", finish_reason: "length" }, "length"],
  ])("%s", (_fact, frame, finish) => {
    expect(readNativeFrame(frame, false)).toMatchObject({ finish });
  });

  it("has its reasoning under either name", () => {
    for (const name of ["reasoning", "reasoning_content"]) {
      expect(readNativeFrame({ [name]: "a" }, false).reasoning).toBe("a");
    }
  });
});

function toStream(...frames: readonly unknown[]): Uint8Array {
  const records = frames.map((frame) => `data: ${typeof frame === "string" ? frame : JSON.stringify(frame)}\n\n`);
  return new TextEncoder().encode(records.join(""));
}

function choice(content: string, reason: string | null): object {
  return { choices: [{ delta: { content }, finish_reason: reason }] };
}

describe("the end of a stream", () => {
  it("is the first reason that was named", async () => {
    const bytes = toStream(choice("a", "length"), choice("", "stop"), "[DONE]");
    expect(summarise(await readChunks([bytes]))).toEqual({ text: "a", finish: "length" });
  });

  it("takes a reason that is named after an end without one", async () => {
    const bytes = toStream(choice("a", "whatever"), choice("", "length"), "[DONE]");
    expect(summarise(await readChunks([bytes]))).toEqual({ text: "a", finish: "length" });
  });

  it("is none where output follows that named no reason", async () => {
    const usage = { response: "", usage: { prompt_tokens: 1, completion_tokens: 1 } };
    expect(summarise(await readChunks([toStream(usage, { response: "a", p: 5 })]))).toMatchObject({
      failure: "upstream_failed",
    });
  });

  it("stays where a frame without output follows", async () => {
    const usage = { response: "", usage: { prompt_tokens: 1, completion_tokens: 1 } };
    expect(summarise(await readChunks([toStream(usage, { response: "" })]))).toMatchObject({ finish: "stop" });
  });

  it.each([
    ["an end that is missing", toStream({ response: "a" })],
    ["an error of the model", toStream(choice("a", "error"), "[DONE]")],
    ["a call that was announced and not made", toStream(choice("", "tool_calls"), "[DONE]")],
    ["damage", toStream('{"response":"a')],
    ["an answer without any member of one", new TextEncoder().encode("{}")],
  ])("that is a failure may be repeated: %s", async (_fact, bytes) => {
    expect((await readChunks([bytes])).failure).toMatchObject({ kind: "upstream_failed", retryable: true });
  });
});

describe("padding", () => {
  it.each([
    ["x".repeat(256), "x".repeat(256)],
    ["x".repeat(257), undefined],
    ["", undefined],
    [5, undefined],
  ])("of a text is kept up to 256 characters (%#)", async (p, expected) => {
    // The second member keeps the frame from the reader of common frames.
    const body = toBody([toStream({ response: "a", tool_calls: [], p }, "[DONE]")]);
    const [text] = (await readAnswer(body, decoderOptions()).next()) ?? [];
    expect(text).toEqual({ type: "text-delta", text: "a", ...(expected !== undefined && { padding: expected }) });
  });
});
