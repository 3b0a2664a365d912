import { describe, expect, it } from "vitest";
import { languageModel } from "../../src/emulator/language/language-model.ts";
import { countTokens, tokenize } from "../../src/emulator/language/tokenizer.ts";
import { ask, at, GEMMA, LLAMA_33, runJson, textOf } from "./support.ts";
import type { JsonObject } from "../../src/emulator/json-value.ts";

const STORY = ask("Write a long story about the sea");

async function answer(parameters: JsonObject, inputs: JsonObject = STORY): Promise<string> {
  return textOf(await runJson(LLAMA_33, { ...inputs, ...parameters }));
}

/** The mean over some seeds of a measure of the text that the parameters lead to. */
async function mean(measure: (text: string) => number, parameters: JsonObject): Promise<number> {
  const seeds = [11, 22, 33, 44, 55, 66];
  const values = await Promise.all(
    seeds.map(async (seed) => measure(await answer({ max_tokens: 250, ...parameters, seed }))),
  );
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** How likely the model itself holds each token, in bits: more where the sampler was braver. */
function surprise(text: string): number {
  const tokens = [...tokenize(text)].slice(10);
  let bits = 0;
  for (let index = 2; index < tokens.length; index++) {
    const likely = languageModel().predict(tokens.slice(Math.max(0, index - 3), index), new Set());
    bits -= Math.log2(likely.get(tokens[index] ?? "") ?? 0.0005);
  }
  return bits / tokens.length;
}

/** The share of tokens that were not there before. */
function variety(text: string): number {
  const tokens = [...tokenize(text)];
  return new Set(tokens).size / tokens.length;
}

describe("the tokeniser", () => {
  it("loses nothing", () => {
    for (const text of [
      "Hello, wörld!  two spaces\n\n\tand a tab",
      "你好，世界 👩‍👩‍👧 ok",
      "12345.678 x='y' https://a.b/c?d=e",
      "ﷺ e\u0301 \ud800 end",
      "",
    ]) {
      expect([...tokenize(text)].join("")).toBe(text);
    }
  });

  it("gives digits a token of their own", () => {
    expect([...tokenize("4,625 km")]).toEqual(["4", ",", "625", " km"]);
  });

  it("cuts long words and keeps short ones", () => {
    expect(countTokens(" word")).toBe(1);
    expect(countTokens("internationalisation")).toBe(4);
  });
});

describe("sampling", () => {
  it("is deterministic at temperature 0, whatever the seed", async () => {
    expect(await answer({ temperature: 0, seed: 1, max_tokens: 60 })).toBe(
      await answer({ temperature: 0, seed: 2, max_tokens: 60 }),
    );
  });

  it("gives equal texts for equal seeds and others for others", async () => {
    expect(await answer({ seed: 7 })).toBe(await answer({ seed: 7 }));
    expect(await answer({ seed: 7 })).not.toBe(await answer({ seed: 8 }));
  });

  it("varies without a seed", async () => {
    const texts = await Promise.all(
      [1, 2, 3].map(async () => textOf(await runJson(LLAMA_33, STORY, { quirks: false }))),
    );
    expect(new Set(texts).size).toBe(3);
  });

  it("surprises more the higher the temperature is", async () => {
    const [cold, usual, hot] = [
      await mean(surprise, { temperature: 0.1 }),
      await mean(surprise, { temperature: 0.8 }),
      await mean(surprise, { temperature: 2 }),
    ];
    expect(cold).toBeLessThan(usual);
    expect(usual).toBeLessThan(hot);
  });

  it("surprises less with a smaller top_p or top_k", async () => {
    const free = await mean(surprise, { temperature: 1.5 });
    expect(await mean(surprise, { temperature: 1.5, top_p: 0.3 })).toBeLessThan(free);
    expect(await mean(surprise, { temperature: 1.5, top_k: 2 })).toBeLessThan(free);
  });

  it.each(["frequency_penalty", "presence_penalty", "repetition_penalty"])("repeats less with a %s", async (name) => {
    const plain = await mean(variety, { temperature: 0.3, max_tokens: 500 });
    expect(await mean(variety, { temperature: 0.3, max_tokens: 500, [name]: 1.8 })).toBeGreaterThan(plain + 0.015);
    expect(
      await mean(variety, { temperature: 0.3, max_tokens: 500, [name]: name === "repetition_penalty" ? 1 : 0 }),
    ).toBe(plain);
  });
});

describe("an answer", () => {
  it("takes up words of the message", async () => {
    expect(await answer({ seed: 4 }, ask("What is astronomy?"))).toContain("astronomy");
  });

  it("ends by itself after a few sentences", async () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const body = await runJson(GEMMA, { ...ask("What do you think of bread?"), seed });
      expect(at(body, "choices", 0, "finish_reason")).toBe("stop");
      expect(at(body, "usage", "completion_tokens")).toBeLessThan(200);
    }
  });

  it("goes on to max_tokens when it is asked for length, 256 of them unless told", async () => {
    expect(at(await runJson(LLAMA_33, { ...STORY, max_tokens: 700 }), "usage", "completion_tokens")).toBe(700);
    expect(at(await runJson(LLAMA_33, STORY), "usage", "completion_tokens")).toBe(256);
  });

  it("says who it is", async () => {
    expect(await answer({}, ask("Who are you?"))).toContain("Flaregate's offline emulator of Workers AI");
  });

  it.each([
    ["Say exactly: two  spaces, “quotes” & 3 digits", "two  spaces, “quotes” & 3 digits"],
    ['Repeat after me: "Hello there."', "Hello there."],
    ["Please reply with only: yes", "yes"],
    ["Reply with only the word pong", "pong"],
    ["Say exactly: the word", "the word"],
    ['Reply with just the single word "pong".', "pong"],
    ["Say 'hi'", "hi"],
    ["Say exactly:\nline one\nline two", "line one\nline two"],
  ])("repeats what it is asked to repeat: %s", async (message, expected) => {
    expect(await answer({}, ask(message))).toBe(expected);
  });

  it("counts", async () => {
    expect(await answer({}, ask("Count to 5"))).toBe("1, 2, 3, 4, 5.");
  });

  it("remembers a name", async () => {
    const messages = [
      { role: "user", content: "My name is Ada" },
      { role: "assistant", content: "Hello!" },
      { role: "user", content: "What is my name?" },
    ];
    expect(await answer({}, { messages })).toBe("Your name is Ada.");
  });

  it("goes on from a bare prompt", async () => {
    expect(await answer({ seed: 9 }, { prompt: "The weather in the" })).toMatch(/^ /);
  });
});
