import { describe, expect, it } from "vitest";
import type { JsonRecord } from "../../src/json.ts";
import type { ModelEntry } from "../../src/models/model.ts";
import {
  embeddings,
  entryOf,
  gemma,
  llama33,
  promptCall,
  promptCalls,
  refusalOf,
  reportOf,
  unknown,
} from "./support.ts";

const coder = entryOf("@cf/qwen/qwen2.5-coder-32b-instruct");

function promptsOf(body: JsonRecord): unknown[] {
  return promptCalls(body, llama33).map(({ inputs }) => inputs["prompt"]);
}

describe("a prompt", () => {
  it.each<[string, ModelEntry, JsonRecord]>([
    ["goes as it is to a native model", llama33, { prompt: "Once" }],
    ["goes as it is to an unknown model", unknown, { prompt: "Once" }],
    ["is what the user says to a model with chat inputs", gemma, { messages: [{ role: "user", content: "Once" }] }],
  ])("%s", (_fact, entry, inputs) => {
    const call = promptCall({}, entry);
    expect(call.inputs).toMatchObject({ ...inputs, stream: false });
    expect("prompt" in call.inputs).toBe("prompt" in inputs);
    expect(reportOf(call)).toBe(entry === gemma ? "prompt=emulated" : "");
  });

  it.each([[{ prompt: null }], [{ prompt: undefined }]])(
    "that is absent is the beginning of a document: %o",
    (body) => {
      expect(promptsOf(body)).toEqual(["<|endoftext|>"]);
    },
  );

  it("in an array is one call each, grouped by prompt", () => {
    expect(promptsOf({ prompt: ["a", "b"], n: 2 })).toEqual(["a", "a", "b", "b"]);
    expect(reportOf(promptCall({ prompt: ["a", "b"], n: 2 }))).toBe("prompt=emulated, n=emulated");
  });

  it("of n choices has a seed for each choice, the same for every prompt", () => {
    const seeds = promptCalls({ prompt: ["a", "b"], n: 2, seed: 7 }, llama33).map(({ inputs }) => inputs["seed"]);
    expect(seeds).toEqual([7, 8, 7, 8]);
  });

  it.each<[string, unknown, string]>([
    ["token ids", [1, 2, 3], "prompt"],
    ["arrays of token ids", [[1, 2], [3]], "prompt"],
  ])("of %s is refused", (_form, prompt, param) => {
    expect(refusalOf(() => promptCall({ prompt }))).toMatchObject({ kind: "unsupported_parameter", param });
  });

  it.each<[string, unknown, string]>([
    ["text", "", "prompt"],
    ["element", ["a", ""], "prompt[1]"],
  ])("with an empty %s is refused, as the upstream would refuse it", (_form, prompt, param) => {
    expect(refusalOf(() => promptCall({ prompt }))).toMatchObject({ kind: "invalid_value", param });
  });

  it("is refused where there are more choices than OpenAI's bound", () => {
    const prompt = Array.from({ length: 65 }, () => "a");
    expect(refusalOf(() => promptCall({ prompt, n: 2 }))).toMatchObject({ kind: "invalid_value", param: "prompt" });
    expect(promptCalls({ prompt: prompt.slice(1), n: 2 }, llama33)).toHaveLength(128);
  });

  it("is refused by a model that makes embeddings", () => {
    expect(refusalOf(() => promptCall({}, embeddings))).toMatchObject({ kind: "invalid_value", param: "model" });
  });
});

describe("parameters of a text completion", () => {
  it.each<[string, ModelEntry, JsonRecord, JsonRecord, string]>([
    ["stop is the gateway's with native inputs", llama33, { stop: "x" }, { prompt: "Once" }, "stop=emulated"],
    ["stop is the model's elsewhere", gemma, { stop: ["x"] }, { stop: ["x"] }, "prompt=emulated"],
    ["echo is the gateway's", llama33, { echo: true }, { prompt: "Once" }, "echo=emulated"],
    ["raw and lora are passed on", llama33, { raw: true, lora: "a" }, { raw: true, lora: "a" }, ""],
    ["raw has no effect on chat inputs", gemma, { raw: true }, {}, "prompt=emulated, raw=ignored"],
    ["stream is passed on", llama33, { stream: true }, { stream: true }, ""],
    ["an empty logit_bias asks for nothing", llama33, { logit_bias: {} }, {}, ""],
    ["logit_bias has no effect", llama33, { logit_bias: { "1": 2 } }, {}, "logit_bias=ignored"],
    ["best_of up to n asks for nothing", llama33, { best_of: 2, n: 2 }, {}, "n=emulated"],
    [
      "sampling is fitted as in chat",
      llama33,
      { seed: 0, top_p: 0 },
      { top_p: 0.001 },
      "top_p=adjusted, seed=adjusted",
    ],
    ["an empty suffix is none", llama33, { suffix: "" }, { prompt: "Once" }, ""],
    [
      "a suffix is put into the tokens of a model that fills in",
      coder,
      { suffix: "end", raw: false },
      { prompt: "<|fim_prefix|>Once<|fim_suffix|>end<|fim_middle|>", raw: true },
      "suffix=emulated",
    ],
    [
      "nulls are nothing",
      llama33,
      { stop: null, echo: null, suffix: null, logprobs: null, best_of: null, n: null },
      {},
      "",
    ],
  ])("%s", (_fact, entry, body, inputs, report) => {
    const call = promptCall(body, entry);
    expect(call.inputs).toMatchObject(inputs);
    expect("stop" in call.inputs).toBe("stop" in inputs);
    expect(reportOf(call)).toBe(report);
    expect(call.stop).toEqual(report.includes("stop=") ? ["x"] : []);
  });

  it.each<[string, JsonRecord]>([
    ["best_of", { best_of: 2 }],
    ["logprobs", { logprobs: 0 }],
    ["suffix", { suffix: "end" }],
  ])("%s is refused: the answer would not be what was asked for", (param, body) => {
    expect(refusalOf(() => promptCall(body))).toMatchObject({ kind: "unsupported_parameter", param });
  });
});
