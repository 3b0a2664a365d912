import { describe, expect, it } from "vitest";
import { estimateOrder, expectCompletion } from "../../src/gateway/estimate.ts";
import { openaiTextModel, price } from "../../src/models/catalogue/entry.ts";
import { chatRequest } from "../../src/openai/chat-request.ts";
import { toChatCalls } from "../../src/translate/chat-inputs.ts";
import { createConstraints } from "../../src/translate/constraints.ts";
import { createJsonCheck } from "../../src/translate/json-check.ts";

function model(id: string, dollars: number | undefined) {
  const row = { id, contextWindow: 100_000 };
  return openaiTextModel({ ...row, ...(dollars !== undefined && { price: price(dollars * 1e6, dollars * 1e6) }) });
}

const cheap = model("@cf/test/cheap", 1);
const dear = model("@cf/test/dear", 3);
const unpriced = model("@cf/test/unpriced", undefined);

function estimate(members: object, ...entries: readonly (typeof cheap)[]) {
  const messages = [{ role: "user", content: "Hello" }];
  const request = chatRequest.parse({ model: cheap.id, messages, ...members });
  const candidates = entries.map((entry) => ({
    entry,
    retired: undefined,
    calls: toChatCalls(request, entry, createConstraints(createJsonCheck)),
  }));
  return estimateOrder(candidates, expectCompletion);
}

/** The prompt, as the gateway estimates it. */
const prompt = estimate({ max_tokens: 1 }, cheap).tokens - 1;

describe("what an order is expected to use", () => {
  it("is its prompt and the answer that the client allows", () => {
    expect(prompt).toBeGreaterThan(0);
    expect(prompt).toBeLessThan(20);
    expect(estimate({ max_tokens: 100 }, cheap)).toEqual({ tokens: prompt + 100, dollars: prompt + 100 });
    expect(estimate({ max_completion_tokens: 5000 }, cheap).tokens).toBe(prompt + 5000);
  });

  it("is an answer of 1,024 tokens where the client names no limit", () => {
    expect(estimate({}, cheap).tokens).toBe(prompt + 1024);
  });

  it("counts each choice", () => {
    expect(estimate({ max_tokens: 100, n: 3 }, cheap).tokens).toBe(3 * (prompt + 100));
  });

  it("is that of the dearest model which may answer", () => {
    const dollars = 3 * (prompt + 100);
    expect(estimate({ max_tokens: 100 }, cheap, dear)).toEqual({ tokens: prompt + 100, dollars });
    expect(estimate({ max_tokens: 100 }, dear, cheap)).toEqual({ tokens: prompt + 100, dollars });
  });

  it("has no cost where one of the models has no price", () => {
    for (const entries of [[unpriced], [cheap, unpriced], [unpriced, cheap]]) {
      expect(estimate({ max_tokens: 100 }, ...entries).dollars).toBeUndefined();
    }
  });

  it("is nothing where nothing can be foreseen, but for a price that is not known", () => {
    const order = (entry: typeof cheap) => [{ entry, retired: undefined, calls: [{}] }];
    expect(estimateOrder(order(cheap), () => undefined)).toEqual({ tokens: 0, dollars: 0 });
    expect(estimateOrder(order(unpriced), () => undefined)).toEqual({ tokens: 0, dollars: undefined });
  });
});
