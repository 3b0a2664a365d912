import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChatRequest } from "../../src/openai/chat-request.ts";
import { chatRequest } from "../../src/openai/chat-request.ts";
import { dropOldest } from "../../src/translate/responses-truncation.ts";
import { llama33, unknown } from "./support.ts";

function request(messages: readonly object[]): ChatRequest {
  return chatRequest.parse({ model: "m", messages });
}

/** Each about 1000 tokens; the window holds 24 000. */
const words = "word ".repeat(1000);
const exchange = (turn: number) => {
  const call = { id: `call_${turn}`, type: "function", function: { name: "f", arguments: "{}" } };
  return [
    { role: "user", content: `${turn} ${words}` },
    { role: "assistant", content: "", tool_calls: [call] },
    { role: "tool", tool_call_id: `call_${turn}`, content: words },
  ];
};

describe("dropOldest", () => {
  it("returns a request that fits as it is", () => {
    const short = request([{ role: "user", content: "Hello" }]);
    expect(dropOldest(short, llama33)).toBe(short);
  });

  it("knows of no window where the model's is unknown", () => {
    const long = request([{ role: "user", content: words.repeat(100) }]);
    expect(dropOldest(long, unknown)).toBe(long);
  });

  it("keeps instructions, the end, and calls together with their results", () => {
    const turns = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(turns, fc.boolean(), (count, isOpen) => {
        const history = Array.from({ length: count }, (_, turn) => exchange(turn)).flat();
        const last = isOpen ? [] : [{ role: "user", content: "And now?" }];
        const whole = request([{ role: "system", content: "Be brief." }, ...history, ...last]);
        const { messages } = dropOldest(whole, llama33);
        expect(messages[0]).toEqual(whole.messages[0]);
        expect(messages.at(-1)).toEqual(whole.messages.at(-1));
        // What is left is an end of the conversation.
        expect(messages.slice(1)).toEqual(whole.messages.slice(whole.messages.length - messages.length + 1));
        expect(messages[1]?.role).not.toBe("tool");
        expect(JSON.stringify(messages).length).toBeLessThan(24_000 * 5);
      }),
      { seed: 7, numRuns: 40 },
    );
  });

  it("leaves the last message where even that does not fit", () => {
    const long = request([
      { role: "user", content: "Hello" },
      { role: "user", content: words.repeat(30) },
    ]);
    expect(dropOldest(long, llama33).messages).toEqual(long.messages.slice(1));
  });
});
