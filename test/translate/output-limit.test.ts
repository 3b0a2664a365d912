import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { estimateTokens } from "../../src/models/token-estimate.ts";
import type { ModelCall } from "../../src/translate/inputs.ts";
import { measureMessages, measureText } from "../../src/translate/output-limit.ts";
import { chatCall, gemma, gptOss, llama33, promptCall, refusalOf, reportOf, scout, unknown } from "./support.ts";

function ask(content: string): { readonly messages: readonly object[] } {
  return { messages: [{ role: "user", content }] };
}

/** Text of about so many tokens. */
function words(count: number): string {
  return "word ".repeat(count);
}

function limitOf({ inputs, maxTokens }: ModelCall): number {
  expect(inputs["max_tokens"] ?? inputs["max_completion_tokens"]).toBe(maxTokens);
  return maxTokens;
}

describe("the limit of an answer whose caller sets none", () => {
  it("is what the window leaves, never the upstream's 256", () => {
    const limit = limitOf(chatCall(ask("Hello")));
    expect(limit).toBeGreaterThan(23_000);
    expect(limit).toBeLessThan(24_000);
  });

  it("shrinks with the prompt, by more than its tokens", () => {
    const [short, long] = [chatCall(ask("Hello")), chatCall(ask(words(10_000)))];
    expect(limitOf(short) - limitOf(long)).toBeGreaterThan(10_000);
    expect(limitOf(long)).toBeGreaterThan(10_000);
  });

  it("counts the tools that are offered", () => {
    const properties = { city: { type: "string", description: words(1000) } };
    const tools = [{ type: "function", function: { name: "f", parameters: { type: "object", properties } } }];
    expect(limitOf(chatCall(ask("Hello"))) - limitOf(chatCall({ ...ask("Hello"), tools }))).toBeGreaterThan(1000);
  });

  it("is at most the model's own output limit", () => {
    expect(limitOf(chatCall(ask("Hello"), gptOss))).toBe(16_384);
    expect(limitOf(chatCall(ask("Hello"), scout))).toBe(16_384);
  });

  it("is modest where the window is unknown", () => {
    expect(limitOf(chatCall(ask("Hello"), unknown))).toBe(2048);
  });

  it("is named as OpenAI's newer models name it for those that take its inputs", () => {
    expect(chatCall(ask("Hello"), gemma).inputs).not.toHaveProperty("max_tokens");
    expect(chatCall(ask("Hello")).inputs).not.toHaveProperty("max_completion_tokens");
  });

  it("comes with a lower one to try, which a limit of the caller's does not", () => {
    const call = chatCall(ask("Hello"));
    const lower = Math.floor(call.maxTokens / 2);
    expect(call.withLowerLimit?.()).toMatchObject({ maxTokens: lower, inputs: { max_tokens: lower } });
    expect(call.withLowerLimit?.().inputs["messages"]).toEqual(call.inputs["messages"]);
    expect(chatCall({ ...ask("Hello"), max_tokens: 10 }).withLowerLimit).toBeUndefined();
  });

  it("is OpenAI's 16 for a text completion", () => {
    expect(limitOf(promptCall({}))).toBe(16);
    expect(reportOf(promptCall({}))).toBe("");
  });
});

describe("a limit that the caller sets", () => {
  it.each(["max_tokens", "max_completion_tokens"])("is passed on, as %s", (parameter) => {
    for (const entry of [llama33, gemma, unknown]) {
      const call = chatCall({ ...ask("Hello"), [parameter]: 7 }, entry);
      expect(limitOf(call)).toBe(7);
      expect(reportOf(call)).toBe("");
    }
  });

  it("under both names is the newer one, and the other is named as ignored", () => {
    const call = chatCall({ ...ask("Hello"), max_tokens: 5, max_completion_tokens: 7 });
    expect(limitOf(call)).toBe(7);
    expect(reportOf(call)).toBe("max_tokens=ignored");
  });

  it.each([
    ["max_tokens", 24_000],
    ["max_completion_tokens", 1_000_000],
  ])("above the window is lowered to what is left, and %s is named", (parameter, tokens) => {
    const call = chatCall({ ...ask("Hello"), [parameter]: tokens });
    expect(limitOf(call)).toBeLessThan(24_000);
    expect(reportOf(call)).toBe(`${parameter}=adjusted`);
  });

  it("above the model's output limit is lowered to it", () => {
    const call = chatCall({ ...ask("Hello"), max_completion_tokens: 20_000 }, gptOss);
    expect(limitOf(call)).toBe(16_384);
    expect(reportOf(call)).toBe("max_completion_tokens=adjusted");
  });

  it("is left alone where the window is unknown", () => {
    expect(limitOf(chatCall({ ...ask("Hello"), max_tokens: 1_000_000 }, unknown))).toBe(1_000_000);
  });

  it("is lowered for a text completion too", () => {
    const call = promptCall({ max_tokens: 30_000 });
    expect(limitOf(call)).toBeLessThan(24_000);
    expect(reportOf(call)).toBe("max_tokens=adjusted");
  });
});

describe("a prompt that cannot fit", () => {
  it.each([
    ["chat", (text: string): unknown => chatCall(ask(text)), "messages"],
    ["a text completion", (text: string): unknown => promptCall({ prompt: text }), "prompt"],
  ])("is refused in %s, with both numbers", (_endpoint, translate, param) => {
    const refusal = refusalOf(() => translate(words(30_000)));
    expect(refusal).toMatchObject({ kind: "context_length_exceeded", param });
    expect(refusal.message).toContain("maximum context length is 24000 tokens");
    expect(refusal.message).toMatch(/at least 30000 tokens/);
  });

  it("by an estimate alone is for the upstream to judge, which counts exactly", () => {
    // Some twenty thousand tokens by the estimate of random letters, and a few hundred for certain.
    const text = "aXbYcZdWeV".repeat(5000);
    expect(measureText(text).estimate).toBeGreaterThan(24_000);
    expect(limitOf(chatCall(ask(text)))).toBe(256);
  });

  it("is not known where the window is not", () => {
    expect(limitOf(chatCall(ask(words(30_000)), unknown))).toBe(2048);
  });
});

describe("the size of a prompt", () => {
  it("is the estimate of its text where that is short", () => {
    expect(measureText("Hello, world").estimate).toBe(estimateTokens("Hello, world"));
    expect(measureText("").estimate).toBe(0);
  });

  it("is taken from samples where the text is long, and comes near the estimate of all of it", () => {
    const text = Array.from({ length: 20_000 }, (_, line) => `Line ${line}: the quick brown fox.\n`).join("");
    const whole = estimateTokens(text);
    const { estimate } = measureText(text);
    expect(Math.abs(estimate - whole) / whole).toBeLessThan(0.05);
  });

  it("of a conversation is that of its texts in lines, however they are divided", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3000 }), { minLength: 1, maxLength: 12 }), (texts) => {
        const messages = texts.map((content) => ({ role: "user", content }));
        const { estimate } = measureMessages(messages, undefined);
        expect(estimate - messages.length * 8).toBe(measureText(texts.join("\n")).estimate);
      }),
    );
  });

  it("of a long text takes no longer than of one that is ten times shorter", () => {
    const [short, long] = [words(100_000), words(1_000_000)].map((text) => measureText(text).estimate);
    expect((long ?? 0) / (short ?? 1)).toBeCloseTo(10, 1);
  });

  it("has room for the template around each message, and reads parts and calls", () => {
    const none = measureMessages([], undefined).estimate;
    const parts = [{ type: "text", text: words(50) }];
    const message = measureMessages([{ role: "user", content: "" }], undefined).estimate;
    expect(none).toBe(0);
    expect(message).toBe(8);
    expect(measureMessages([{ role: "user", content: parts }], undefined).estimate).toBeGreaterThan(50);
    const calls = [{ function: { name: "f", arguments: words(50) } }];
    expect(
      measureMessages([{ role: "assistant", content: "", tool_calls: calls }], undefined).estimate,
    ).toBeGreaterThan(50);
  });
});
