import { describe, expect, it } from "vitest";
import type { JsonRecord } from "../../src/json.ts";
import type { ModelEntry } from "../../src/models/model.ts";
import { chatCall, chatCalls, entryOf, gemma, llama31, llama33, refusalOf, reportOf, unknown } from "./support.ts";

const qwen = entryOf("@cf/qwen/qwen3-30b-a3b-fp8");

describe("sampling parameters", () => {
  it.each<[string, ModelEntry, JsonRecord, JsonRecord, string]>([
    ["temperature 0 is a value", llama33, { temperature: 0 }, { temperature: 0 }, ""],
    ["temperature 2 is in every range", gemma, { temperature: 2 }, { temperature: 2 }, ""],
    ["top_p 0 becomes the least that a native model takes", llama33, { top_p: 0 }, { top_p: 0.001 }, "top_p=adjusted"],
    ["top_p 0 is OpenAI's own", gemma, { top_p: 0 }, { top_p: 0 }, ""],
    ["top_p 0 goes to an unknown model as to a native one", unknown, { top_p: 0 }, { top_p: 0.001 }, "top_p=adjusted"],
    ["top_k above 50 becomes 50", llama33, { top_k: 51 }, { top_k: 50 }, "top_k=adjusted"],
    ["top_k 50 is a value", llama31, { top_k: 50 }, { top_k: 50 }, ""],
    ["top_k has no effect on a model without it", gemma, { top_k: 5 }, {}, "top_k=ignored"],
    ["top_k is not sent to an unknown model", unknown, { top_k: 5 }, {}, "top_k=ignored"],
    ["repetition_penalty is a native parameter", llama33, { repetition_penalty: 1.1 }, { repetition_penalty: 1.1 }, ""],
    [
      "repetition_penalty has no effect elsewhere",
      gemma,
      { repetition_penalty: 1.1 },
      {},
      "repetition_penalty=ignored",
    ],
    ["a penalty of 0 is a value", llama33, { frequency_penalty: 0 }, { frequency_penalty: 0 }, ""],
    ["a negative penalty is OpenAI's own", gemma, { presence_penalty: -2 }, { presence_penalty: -2 }, ""],
    ["a negative penalty is in some native ranges", qwen, { presence_penalty: -2 }, { presence_penalty: -2 }, ""],
    [
      "nulls are left out",
      llama33,
      { temperature: null, top_p: null, seed: null, frequency_penalty: null, presence_penalty: null, top_k: null },
      {},
      "",
    ],
  ])("%s", (_fact, entry, body, sent, report) => {
    const call = chatCall(body, entry);
    const names = ["temperature", "top_p", "top_k", "seed", "repetition_penalty"];
    names.push("frequency_penalty", "presence_penalty");
    const found = Object.fromEntries(Object.entries(call.inputs).filter(([name]) => names.includes(name)));
    expect(found).toEqual(sent);
    expect(reportOf(call)).toBe(report);
  });

  it.each([
    ["frequency_penalty", llama33],
    ["presence_penalty", llama31],
    ["presence_penalty", unknown],
  ])("%s below 0 is refused where it would lose its meaning", (param, entry) => {
    expect(refusalOf(() => chatCall({ [param]: -0.5 }, entry))).toMatchObject({ kind: "invalid_value", param });
  });
});

function seedOf(seed: number, entry: ModelEntry = llama33): unknown {
  return chatCall({ seed }, entry).inputs["seed"];
}

function seedsOf(body: JsonRecord): unknown[] {
  return chatCalls(body, llama33).map(({ inputs }) => inputs["seed"]);
}

describe("seed", () => {
  it.each([
    [1, 1],
    [9_999_999_999, 9_999_999_999],
    [0, 9_999_999_999],
    [-1, 9_999_999_998],
    [10_000_000_000, 1],
  ])("%d is %d for a native model", (seed, sent) => {
    expect(seedOf(seed)).toBe(sent);
    expect(reportOf(chatCall({ seed }))).toBe(seed === sent ? "" : "seed=adjusted");
  });

  it.each([2 ** 53, -(2 ** 53), 2 ** 63, -(2 ** 63)])("%d is folded into every range", (seed) => {
    for (const [entry, least, most] of [
      [llama33, 1, 9_999_999_999],
      [gemma, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    ] as const) {
      const sent = seedOf(seed, entry);
      expect(Number.isSafeInteger(sent)).toBe(true);
      expect(sent).toBeGreaterThanOrEqual(least);
      expect(sent).toBeLessThanOrEqual(most);
    }
  });

  it("is the same for a model with OpenAI's inputs, 0 and negatives included", () => {
    for (const seed of [0, -1, 42]) expect(seedOf(seed, gemma)).toBe(seed);
  });

  it("differs between the choices of one request, and is the same again for the same request", () => {
    const body = { seed: -1, n: 3 };
    expect(new Set(seedsOf(body)).size).toBe(3);
    expect(seedsOf(body)).toEqual(seedsOf(body));
  });

  it("is not made up", () => {
    for (const { inputs } of chatCalls({ n: 2 }, llama33)) expect(inputs).not.toHaveProperty("seed");
  });
});
