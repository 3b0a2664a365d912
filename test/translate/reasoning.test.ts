import { describe, expect, it } from "vitest";
import type { ReasoningLevel } from "../../src/models/model.ts";
import { toThinkingForm } from "../../src/translate/reasoning.ts";
import { chatCall, entryOf, llama33, reportOf, unknown } from "./support.ts";

const levels = ["none", "minimal", "low", "medium", "high", "xhigh", "max"] as const;

/** What a model is sent for OpenAI's levels, in their order: a level, `off` for the switch, or nothing. */
type Sent = readonly (ReasoningLevel | "off" | undefined)[];

const table: readonly (readonly [string, Sent])[] = [
  // gpt-oss knows low, medium and high, and cannot be off.
  ["@cf/openai/gpt-oss-120b", ["low", "low", "low", "medium", "high", "high", "high"]],
  ["@cf/openai/gpt-oss-20b", ["low", "low", "low", "medium", "high", "high", "high"]],
  ["@cf/zai-org/glm-5.2", ["off", "none", "high", "high", "high", "max", "max"]],
  // Cannot be off; its own page maps what it does not know to max.
  ["@cf/zai-org/glm-5.3", ["max", "max", "low", "max", "high", "max", "max"]],
  ["@cf/zai-org/glm-5.3-flash", ["max", "max", "low", "max", "high", "max", "max"]],
  ["@cf/moonshotai/kimi-k2.6", ["off", "high", "high", "high", "high", "high", "high"]],
  // Always on, without levels.
  ["@cf/moonshotai/kimi-k2.7-code", [undefined, undefined, undefined, undefined, undefined, undefined, undefined]],
  ["@cf/deepseek-ai/deepseek-v4-flash-0731", ["off", "low", "low", "high", "high", "high", "max"]],
  ["@cf/deepseek-ai/deepseek-v4-pro-0813", ["off", "low", "low", "high", "high", "high", "max"]],
  ["@cf/qwen/qwen3.8-27b", ["off", "low", "low", "medium", "xhigh", "xhigh", "xhigh"]],
  // On or off, without levels.
  ["@cf/google/gemma-4-26b-a4b-it", ["off", undefined, undefined, undefined, undefined, undefined, undefined]],
  ["@cf/zai-org/glm-4.7-flash", ["off", undefined, undefined, undefined, undefined, undefined, undefined]],
];

const rows = table.flatMap(([id, sent]) => levels.map((level, position) => [id, level, sent[position]] as const));

describe("reasoning_effort", () => {
  it.each(rows)("of %s: %s is sent as %s", (id, effort, expected) => {
    const call = chatCall({ reasoning_effort: effort }, entryOf(id));
    const { reasoning_effort: sent, chat_template_kwargs: kwargs } = call.inputs;
    const isOff = expected === "off";
    expect(sent).toBe(isOff ? undefined : expected);
    expect(kwargs).toEqual(isOff ? { enable_thinking: false } : undefined);
    const isPlain = isOff || expected === effort;
    const treatment = expected === undefined ? "ignored" : "adjusted";
    expect(reportOf(call)).toBe(isPlain ? "" : `reasoning_effort=${treatment}`);
  });

  it("is ignored by a model that does not reason, unless it asks for none", () => {
    for (const entry of [llama33, unknown]) {
      const call = chatCall({ reasoning_effort: "high" }, entry);
      expect(call.inputs).not.toHaveProperty("reasoning_effort");
      expect(reportOf(call)).toBe("reasoning_effort=ignored");
      expect(reportOf(chatCall({ reasoning_effort: "none" }, entry))).toBe("");
    }
  });

  it("that is absent or null sends nothing", () => {
    for (const body of [{}, { reasoning_effort: null }]) {
      const { inputs } = chatCall(body, entryOf("@cf/openai/gpt-oss-120b"));
      expect(inputs).not.toHaveProperty("reasoning_effort");
      expect(inputs).not.toHaveProperty("chat_template_kwargs");
    }
  });
});

describe("where reasoning may stand in the text", () => {
  it.each([
    ["a model that does not reason", llama33, false, "never"],
    ["a model that nobody described", unknown, false, "tagged"],
    ["a model that reasons in a member of its own", entryOf("@cf/openai/gpt-oss-120b"), false, "tagged"],
    ["a model that may leave out the opening tag", entryOf("@cf/qwen/qwq-32b"), false, "untagged"],
    ["the same, where its answer is JSON", entryOf("@cf/qwen/qwq-32b"), true, "tagged"],
  ] as const)("is known of %s", (_name, entry, isJson, form) => {
    expect(toThinkingForm(entry, isJson)).toBe(form);
  });
});
