import { describe, expect, it } from "vitest";
import { collect } from "../../src/completion/collect.ts";
import type { CompletionEvent } from "../../src/completion/event.ts";
import { prepend, readAll } from "../../src/completion/replay.ts";
import { keepFirstToolCall } from "../../src/completion/single-tool-call.ts";
import { GatewayError } from "../../src/errors.ts";
import { readOutcome, summarise, toStream } from "./outcome.ts";

const text = (content: string): CompletionEvent => ({ type: "text-delta", text: content });
const finish: CompletionEvent = { type: "finish", reason: "tool_calls" };

function call(index: number): readonly CompletionEvent[] {
  return [
    { type: "tool-call-start", index, id: `id${index}`, name: `f${index}` },
    { type: "tool-call-delta", index, argumentsDelta: '{"x"' },
    { type: "tool-call-delta", index, argumentsDelta: ":1}" },
    { type: "tool-call-end", index },
  ];
}

describe("collect", () => {
  it("joins the events of a stream", async () => {
    const usage = {
      promptTokens: 1,
      completionTokens: 2,
      totalTokens: 3,
      cachedTokens: 1,
      reasoningTokens: 1,
      neurons: 5,
    };
    const stream = toStream([
      [{ type: "reasoning-delta", text: "h" }, { type: "reasoning-delta", text: "m" }, text("a")],
      [{ type: "text-delta", text: "b", logprobs: [1] }, ...call(0), ...call(1)],
      [{ type: "usage", usage }, finish],
    ]);
    expect(await collect(stream)).toEqual({
      text: "ab",
      logprobs: [1],
      reasoning: "hm",
      toolCalls: [
        { id: "id0", name: "f0", arguments: '{"x":1}' },
        { id: "id1", name: "f1", arguments: '{"x":1}' },
      ],
      finishReason: "tool_calls",
      usage,
    });
  });

  it("fails with the stream, whatever came before", async () => {
    const failure = new GatewayError("upstream_failed", "lost");
    const stream = { ...toStream([[text("a")]]), next: () => Promise.reject(failure) };
    await expect(collect(stream)).rejects.toBe(failure);
  });
});

describe("a stream that was read ahead", () => {
  it("begins with what was read and goes on with the rest", async () => {
    const stream = toStream([[text("a")], [text("b")], [finish]]);
    const first = (await stream.next()) ?? [];
    expect(summarise(await readOutcome(prepend([first], stream)))).toEqual({ text: "ab", finish: "tool_calls" });
  });

  it("may have been read to its end", async () => {
    const stream = toStream([[text("a")], [finish]]);
    expect(summarise(await readOutcome(prepend(await readAll(stream), stream)))).toEqual({
      text: "a",
      finish: "tool_calls",
    });
  });

  it("passes on that its reader leaves", () => {
    const stream = toStream([]);
    prepend([[text("a")]], stream).cancel();
    expect(stream.isCancelled).toBe(true);
  });
});

describe("keepFirstToolCall", () => {
  it("passes on one call and all that is none", async () => {
    const stream = keepFirstToolCall(toStream([[text("a"), ...call(0)], call(1), [...call(2), finish]]));
    expect(summarise(await readOutcome(stream))).toEqual({ text: "a", calls: ['f0 {"x":1}'], finish: "tool_calls" });
  });
});
