import { describe, expect, it } from "vitest";
import { createChatCompletionId, createTextCompletionId, createToolCallId } from "../../src/openai/ids.ts";

describe("ids", () => {
  it.each([
    [createChatCompletionId, /^chatcmpl-[0-9A-Za-z]{29}$/],
    [createTextCompletionId, /^cmpl-[0-9A-Za-z]{29}$/],
    [createToolCallId, /^call_[0-9A-Za-z]{24}$/],
  ])("have OpenAI's form and differ (%#)", (create, form) => {
    const ids = Array.from({ length: 500 }, create);
    for (const id of ids) expect(id).toMatch(form);
    expect(new Set(ids).size).toBe(500);
  });

  it("use every symbol about equally often", () => {
    const counts = new Map<string, number>();
    const text = Array.from({ length: 2000 }, () => createToolCallId().slice(5)).join("");
    for (const symbol of text) counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
    expect(counts.size).toBe(62);
    // 774 on average; a symbol that the drawing of a byte favours would stand at 968.
    expect(Math.max(...counts.values())).toBeLessThan(920);
    expect(Math.min(...counts.values())).toBeGreaterThan(630);
  });
});
