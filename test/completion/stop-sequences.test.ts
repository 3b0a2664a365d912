import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CompletionEvent } from "../../src/completion/event.ts";
import { cutAtStop } from "../../src/completion/stop-sequences.ts";
import { readOutcome, summarise, toStream, toTextStream } from "./outcome.ts";

async function cutText(pieces: readonly string[], stops: readonly string[]): Promise<string> {
  return summarise(await readOutcome(cutAtStop(toTextStream(pieces), stops))).text ?? "";
}

/** The text up to the stop sequence that is complete first; of those that end together, the longest. */
function expected(text: string, stops: readonly string[]): string {
  for (let end = 1; end <= text.length; end += 1) {
    const ended = stops.filter((stop) => stop !== "" && text.slice(0, end).endsWith(stop));
    if (ended.length > 0) return text.slice(0, end - Math.max(...ended.map((stop) => stop.length)));
  }
  return text;
}

describe("stop sequences", () => {
  it.each([
    ["in one piece", ["Hello END there"], ["END"], "Hello "],
    ["over two pieces", ["Hello E", "ND there"], ["END"], "Hello "],
    ["over many pieces", "Hello END there".split(""), ["END"], "Hello "],
    ["at the beginning", ["END there"], ["END"], ""],
    ["at the end", ["Hello END"], ["END"], "Hello "],
    ["that only begin", ["Hello EN", "DING"], ["ENDS"], "Hello ENDING"],
    ["that only begin at the end of the answer", ["Hello EN"], ["END"], "Hello EN"],
    ["that begin again within themselves", ["aaab"], ["aab"], "a"],
    ["of which one is the end of another", ["xabc"], ["bc", "abc"], "x"],
    ["of which one lies within another", ["xabcd"], ["abcd", "b"], "xa"],
    ["with characters of two units", ["a😀", "😁b"], ["😁"], "a😀"],
    ["that are empty", ["Hello"], ["", ""], "Hello"],
  ])("%s end the text there", async (_, pieces, stops, text) => {
    expect(await cutText(pieces, stops)).toBe(text);
  });

  it("cut any text at the same place however it comes", async () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 30 });
    const stop = fc.string({ unit: fc.constantFrom("a", "b"), minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(
        letters,
        fc.array(stop, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 7 }),
        async (text, stops, size) => {
          const pieces = text.match(new RegExp(`.{1,${size}}`, "g")) ?? [];
          expect(await cutText(pieces, stops)).toBe(expected(text, stops));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("finish the answer as stop and cancel the upstream", async () => {
    const upstream = toTextStream(["a END", "b"], "length");
    expect(summarise(await readOutcome(cutAtStop(upstream, ["END"])))).toEqual({ text: "a ", finish: "stop" });
    expect(upstream.isCancelled).toBe(true);
  });

  it("leave an answer alone in which none comes", async () => {
    const upstream = toTextStream(["a", "b"], "length");
    expect(summarise(await readOutcome(cutAtStop(upstream, ["END"])))).toEqual({ text: "ab", finish: "length" });
    expect(upstream.isCancelled).toBe(false);
  });

  it("pass on the usage of an answer that came whole", async () => {
    const usage = { promptTokens: 1, completionTokens: 2, totalTokens: 3 } as const;
    const none = { cachedTokens: undefined, reasoningTokens: undefined, neurons: undefined };
    const batch: readonly CompletionEvent[] = [
      { type: "text-delta", text: "a END b" },
      { type: "usage", usage: { ...usage, ...none } },
      { type: "finish", reason: "length" },
    ];
    const outcome = summarise(await readOutcome(cutAtStop(toStream([batch]), ["END"])));
    expect(outcome).toEqual({ text: "a ", finish: "stop", usage: [1, 2, 3] });
  });

  it("mean nothing in reasoning and arguments, and do not take calls away", async () => {
    const batches: readonly (readonly CompletionEvent[])[] = [
      [{ type: "reasoning-delta", text: "END" }],
      [{ type: "text-delta", text: "E" }],
      [{ type: "tool-call-start", index: 0, id: "a", name: "f" }],
      [{ type: "text-delta", text: "ND END ND" }],
      [
        { type: "tool-call-delta", index: 0, argumentsDelta: '"END"' },
        { type: "tool-call-end", index: 0 },
      ],
      [{ type: "finish", reason: "tool_calls" }],
    ];
    const upstream = toStream(batches);
    expect(summarise(await readOutcome(cutAtStop(upstream, ["END"])))).toEqual({
      reasoning: "END",
      text: "END ",
      calls: ['f "END"'],
      finish: "tool_calls",
    });
    expect(upstream.isCancelled).toBe(false);
  });

  it("take a long text and a long sequence in one pass", async () => {
    // Looking at every end of the text for every beginning of the sequence would be ten billion comparisons.
    const sequence = `${"a".repeat(100_000)}b`;
    const text = "a".repeat(100_000);
    expect(await cutText([text, text], [sequence])).toBe(text + text);
  });
});
