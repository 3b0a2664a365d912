import { describe, expect, it } from "vitest";
import type { JsonRecord } from "../../src/json.ts";
import type { ModelEntry } from "../../src/models/model.ts";
import { refuseIgnored, toParameterHeader } from "../../src/translate/parameter-report.ts";
import { chatCall, chatCalls, embeddings, gemma, llama33, refusalOf, reportOf } from "./support.ts";

describe("a chat request", () => {
  it("without anything but messages becomes the least that a model takes", () => {
    expect(Object.keys(chatCall({}).inputs)).toEqual(["messages", "max_tokens", "stream"]);
    expect(Object.keys(chatCall({}, gemma).inputs)).toEqual(["messages", "max_completion_tokens", "stream"]);
    expect(reportOf(chatCall({}))).toBe("");
  });

  it("with null in every place where clients write it is the same request", () => {
    const names = ["temperature", "top_p", "n", "stop", "seed", "max_tokens", "max_completion_tokens", "tools", "user"];
    names.push("tool_choice", "parallel_tool_calls", "response_format", "reasoning_effort", "logprobs", "top_logprobs");
    names.push("logit_bias", "stream", "stream_options", "modalities", "audio", "store", "metadata", "service_tier");
    names.push("functions", "function_call", "verbosity", "prediction", "top_k", "raw", "lora");
    const nulls = Object.fromEntries(names.map((name) => [name, null]));
    for (const entry of [llama33, gemma]) {
      const call = chatCall(nulls, entry);
      expect(call.inputs).toEqual(chatCall({}, entry).inputs);
      expect(reportOf(call)).toBe("");
    }
  });

  it.each<[string, ModelEntry, JsonRecord, JsonRecord, string]>([
    ["one stop text is the gateway's to find", llama33, { stop: "x" }, {}, "stop=emulated"],
    ["stop texts go to models that know them", gemma, { stop: ["x", "y"] }, { stop: ["x", "y"] }, ""],
    ["raw and lora are passed on", llama33, { raw: true, lora: "mine" }, { raw: true, lora: "mine" }, ""],
    ["stream is passed on", llama33, { stream: true, stream_options: { include_usage: true } }, { stream: true }, ""],
    ["user stays here", llama33, { user: "ada", prompt_cache_key: "k" }, {}, ""],
    ["logit_bias has no effect", llama33, { logit_bias: { "5": 1 } }, {}, "logit_bias=ignored"],
    ["an empty logit_bias asks for nothing", llama33, { logit_bias: {}, metadata: {} }, {}, ""],
    ["the tiers that ask for nothing are given", llama33, { service_tier: "auto" }, {}, ""],
    ["no other tier is there", llama33, { service_tier: "flex" }, {}, "service_tier=ignored"],
    ["medium verbosity asks for nothing", llama33, { verbosity: "medium" }, {}, ""],
    ["verbosity is not known", llama33, { verbosity: "low" }, {}, "verbosity=ignored"],
    ["nothing is stored", llama33, { store: true, metadata: { a: "b" } }, {}, "metadata=ignored, store=ignored"],
    ["not to store is what happens", llama33, { store: false }, {}, ""],
    ["text is the one modality", llama33, { modalities: ["text"] }, {}, ""],
    ["logprobs false asks for nothing", llama33, { logprobs: false, top_logprobs: 0 }, {}, ""],
    [
      "a prediction has no effect",
      llama33,
      { prediction: { type: "content", content: "x" } },
      {},
      "prediction=ignored",
    ],
    ["the web is not searched", gemma, { web_search_options: {} }, {}, "web_search_options=ignored"],
  ])("%s", (_fact, entry, body, inputs, report) => {
    const call = chatCall(body, entry);
    const own = new Set(["messages", "max_tokens", "max_completion_tokens", "stream"]);
    const sent = Object.entries(call.inputs).filter(([name]) => !own.has(name) || name in inputs);
    expect(Object.fromEntries(sent)).toEqual(inputs);
    expect(reportOf(call)).toBe(report);
    expect(call.stop).toEqual(report === "stop=emulated" ? ["x"] : []);
  });

  it.each<[string, JsonRecord]>([
    ["logprobs", { logprobs: true, top_logprobs: 2 }],
    ["top_logprobs", { top_logprobs: 2 }],
    ["audio", { audio: { voice: "ash", format: "wav" } }],
    ["modalities", { modalities: ["text", "audio"] }],
  ])("is refused for %s, which would change the form of the answer", (param, body) => {
    expect(refusalOf(() => chatCall(body))).toMatchObject({ kind: "unsupported_parameter", param });
  });

  it("is refused by a model that makes embeddings", () => {
    expect(refusalOf(() => chatCall({}, embeddings))).toMatchObject({ kind: "invalid_value", param: "model" });
  });

  it("for n choices is n calls", () => {
    const calls = chatCalls({ n: 3 }, llama33);
    expect(calls).toHaveLength(3);
    expect(calls.map(reportOf)).toEqual(["n=emulated", "n=emulated", "n=emulated"]);
    expect(reportOf(chatCall({ n: 1 }))).toBe("");
  });
});

describe("the parameter report", () => {
  it("is one header of names and words", () => {
    const report = new Map([
      ["stop", "emulated"],
      ["seed", "adjusted"],
      ["logit_bias", "ignored"],
    ] as const);
    expect(toParameterHeader(report)).toBe("stop=emulated, seed=adjusted, logit_bias=ignored");
    expect(toParameterHeader(new Map())).toBe("");
  });

  it("refuses in strict mode what is only ignored, by its name", () => {
    const { parameters } = chatCall({ stop: "x", seed: 0, store: true });
    const refusal = refusalOf(() => refuseIgnored(parameters, llama33.id));
    expect(refusal).toMatchObject({ kind: "unsupported_parameter", param: "store" });
    expect(refusal.message).toContain(llama33.id);
  });

  it("lets strict mode have what is emulated or adjusted", () => {
    const { parameters } = chatCall({ stop: "x", seed: 0, n: 2 });
    expect(() => refuseIgnored(parameters, llama33.id)).not.toThrow();
  });
});
