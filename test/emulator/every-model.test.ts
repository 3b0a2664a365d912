import { describe, expect, it } from "vitest";
import type { EmulatorOptions } from "../../src/emulator/options.ts";
import { arrayOf, objectOf, parseJson, type JsonObject } from "../../src/emulator/json-value.ts";
import { catalogue } from "../../src/models/catalogue.ts";
import { ask, at, GEMMA, joinAt, LLAMA_33, PLAIN, runFrames, runJson, textOf } from "./support.ts";

const textModels = catalogue.filter(({ task, retired }) => task === "text-generation" && retired === undefined);
const ids = textModels.map(({ id }) => id);
const QUIRKS: EmulatorOptions = { seed: 3 };
const MISTRAL = "@cf/mistralai/mistral-small-3.1-24b-instruct";
const NATIVE = "@cf/ibm-granite/granite-4.0-h-micro";

const WEATHER = {
  type: "function",
  function: {
    name: "get_weather",
    description: "Get the weather",
    parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  },
};
const ASK_WEATHER = { ...ask("What is the weather in Paris?"), tools: [WEATHER] };

const tagless = (text: string): string => text.replace(/^[^]*<\/think>\s*/, "");

describe.each([
  ["as in production", QUIRKS],
  ["as documented", PLAIN],
])("every text model, %s", (_, options) => {
  it.each(ids)("says the same whole and streamed: %s", async (model) => {
    const inputs = { ...ask("Say exactly: it is so"), seed: 4 };
    const whole = await runJson(model, inputs, options);
    const frames = await runFrames(model, inputs, options);
    expect(frames.at(-1)).toBe("[DONE]");
    expect(tagless(textOf(whole))).toBe("it is so");
    const path = at(whole, "choices") === undefined ? ["response"] : ["choices", 0, "delta", "content"];
    expect(tagless(joinAt(frames, ...path))).toBe("it is so");
    expect(at(frames, -2, "usage")).toEqual(at(whole, "usage"));
  });
});

describe("the switch that turns quirks off", () => {
  it.each(ids)("leaves no upstream's name and no second copy: %s", async (model) => {
    const frames = await runFrames(model, ask("Say exactly: 42 times"), PLAIN);
    for (const frame of frames.slice(0, -1)) {
      expect([undefined, model]).toContain(at(frame, "model"));
      expect(at(frame, "choices") !== undefined && at(frame, "response") !== undefined).toBe(false);
      expect(at(frame, "response")).not.toBeTypeOf("number");
    }
  });
});

async function thoughtLength(model: string, inputs: JsonObject): Promise<number> {
  const body = await runJson(model, { ...ask("Say exactly: Yes"), ...inputs }, QUIRKS);
  return joinAt([body], "choices", 0, "message", "reasoning_content").length;
}

describe("reasoning", () => {
  const levelled = textModels.flatMap(({ id, abilities: { reasoning } }) =>
    reasoning === undefined || reasoning.inText || reasoning.levels.length < 2 ? [] : [{ id, reasoning }],
  );

  it.each(levelled)("of $id grows with its own levels", async ({ id, reasoning: { levels } }) => {
    const lengths = await Promise.all(levels.map((reasoning_effort) => thoughtLength(id, { reasoning_effort })));
    expect(lengths).toEqual(lengths.toSorted((left, right) => left - right));
    expect(new Set(lengths).size).toBe(levels.length);
  });

  it.each(levelled.filter(({ reasoning }) => reasoning.switchable))("of $id can be switched off", async ({ id }) => {
    expect(await thoughtLength(id, {})).toBeGreaterThanOrEqual(0);
    expect(await thoughtLength(id, { chat_template_kwargs: { enable_thinking: false } })).toBe(0);
  });

  it("of gpt-oss cannot be switched off", async () => {
    const off = { chat_template_kwargs: { enable_thinking: false }, reasoning_effort: "none" };
    expect(await thoughtLength("@cf/openai/gpt-oss-120b", off)).toBeGreaterThan(0);
  });
});

/** The last tokens of a call are its arguments: two less cut them. */
async function cutOf(model: string): Promise<JsonObject & { readonly max_tokens: number }> {
  const { usage } = await runJson(model, ASK_WEATHER, QUIRKS);
  return { ...ASK_WEATHER, max_tokens: Number(at(usage, "completion_tokens")) - 2 };
}

describe("tools", () => {
  it("are called by mistral-small only where tool_choice says auto, unless quirks are off", async () => {
    expect(arrayOf((await runJson(MISTRAL, ASK_WEATHER, QUIRKS)).tool_calls)).toEqual([]);
    const call = { name: "get_weather", arguments: { city: "Paris" } };
    expect((await runJson(MISTRAL, { ...ASK_WEATHER, tool_choice: "auto" }, QUIRKS)).tool_calls).toEqual([call]);
    expect((await runJson(MISTRAL, ASK_WEATHER, PLAIN)).tool_calls).toEqual([call]);
  });

  it("are called with arguments that are cut where max_tokens ends, OpenAI-shaped", async () => {
    const cut = await cutOf(GEMMA);
    const whole = await runJson(GEMMA, cut);
    expect(at(whole, "choices", 0, "finish_reason")).toBe("length");
    const written = joinAt([whole], "choices", 0, "message", "tool_calls", 0, "function", "arguments");
    expect('{"city":"Paris"}'.startsWith(written)).toBe(true);
    expect(parseJson(written)).toBeUndefined();
    expect(at(whole, "usage", "completion_tokens")).toBe(cut.max_tokens);
    const frames = await runFrames(GEMMA, cut);
    const deltas = frames.flatMap((frame) => arrayOf(at(frame, "choices", 0, "delta", "tool_calls")));
    expect(joinAt(deltas, "function", "arguments")).toBe(written);
    expect(joinAt(frames, "choices", 0, "finish_reason")).toBe("length");
  });

  it.each([NATIVE, LLAMA_33])("are called with arguments that are cut, natively: %s", async (model) => {
    const frames = await runFrames(model, await cutOf(model), QUIRKS);
    const calls = frames.flatMap((frame) => arrayOf(at(frame, "tool_calls"))).map(objectOf);
    const written = joinAt(calls, "function", "arguments") || joinAt(calls, "arguments");
    expect('{"city":"Paris"}'.startsWith(written)).toBe(true);
    expect(parseJson(written)).toBeUndefined();
    expect(frames.some((frame) => at(frame, "finish_reason") === "tool_calls")).toBe(false);
  });
});
