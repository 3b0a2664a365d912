import { describe, expect, it } from "vitest";
import { similarity } from "../../src/emulator/embeddings/vector.ts";
import { arrayOf, numberOf, type JsonObject } from "../../src/emulator/json-value.ts";
import { at, PLAIN, run, runJson } from "./support.ts";

const BASE = "@cf/baai/bge-base-en-v1.5";
const M3 = "@cf/baai/bge-m3";

async function vectors(model: string, inputs: JsonObject): Promise<readonly (readonly number[])[]> {
  return arrayOf((await runJson(model, inputs)).data).map((vector) =>
    arrayOf(vector).map((value) => numberOf(value) ?? Number.NaN),
  );
}

async function refusal(model: string, inputs: JsonObject): Promise<string> {
  const response = await run(model, inputs, PLAIN);
  return `${response.status} ${String(at(await response.json(), "internalCode"))}`;
}

function times(count: number, text: string): readonly string[] {
  return Array.from({ length: count }, () => text);
}

describe("embeddings", () => {
  it.each([
    ["@cf/baai/bge-small-en-v1.5", 384],
    [BASE, 768],
    ["@cf/baai/bge-large-en-v1.5", 1024],
    [M3, 1024],
  ])("of %s have %i dimensions", async (model, dimensions) => {
    const body = await runJson(model, { text: ["one", "two"] });
    expect(body).toMatchObject({ shape: [2, dimensions], pooling: "mean" });
    expect(arrayOf(at(body, "data", 0))).toHaveLength(dimensions);
  });

  it("are unit vectors, and equal for equal texts", async () => {
    const [first = [], second = []] = await vectors(BASE, { text: ["The river is wide.", "The river is wide."] });
    expect(first).toEqual(second);
    expect(similarity(first, first)).toBeCloseTo(1, 5);
  });

  it("are nearer the more two texts have in common", async () => {
    const [query = [], near = [], far = []] = await vectors(BASE, {
      text: [
        "How do I water the garden?",
        "The best time for watering a garden is the morning.",
        "Jupiter has four large moons.",
      ],
    });
    expect(similarity(query, near)).toBeGreaterThan(similarity(query, far) + 0.2);
  });

  it("differ between the poolings", async () => {
    const [mean = []] = await vectors(BASE, { text: "river" });
    const [cls = []] = await vectors(BASE, { text: "river", pooling: "cls" });
    expect(Math.abs(similarity(mean, cls))).toBeLessThan(0.5);
  });

  it("take at most a hundred texts", async () => {
    expect(await refusal(BASE, { text: times(100, "a") })).toBe("200 undefined");
    expect(await refusal(BASE, { text: times(101, "a") })).toBe("400 5006");
  });

  it("need a text", async () => {
    expect(await refusal(BASE, { input: "a" })).toBe("400 5006");
    expect(await refusal(BASE, { text: "" })).toBe("400 5006");
    expect(await refusal(BASE, { text: "a", pooling: "max" })).toBe("400 5006");
  });

  it("are cut off at the window, which bge-m3 does only when it is told to", async () => {
    const words = times(600, "river").join(" ");
    const [cut = [], longer = []] = await vectors(BASE, { text: [words, `${words} and a mountain`] });
    expect(cut).toEqual(longer);
    const long = times(60_001, "a").join(" ");
    expect(await refusal(M3, { text: long })).toBe("400 3010");
    expect(await refusal(M3, { text: long, truncate_inputs: true })).toBe("200 undefined");
  });

  it("of bge-m3 score contexts against a query", async () => {
    const body = await runJson(M3, {
      query: "watering the garden",
      contexts: [{ text: "Jupiter has moons" }, { text: "Water the garden early" }],
    });
    const [first, second] = arrayOf(body.response);
    expect(numberOf(at(second, "score")) ?? 0).toBeGreaterThan(numberOf(at(first, "score")) ?? 1);
    expect(at(second, "id")).toBe(1);
  });
});

describe("llama-guard", () => {
  const guard = "@cf/meta/llama-guard-3-8b";

  it("finds a conversation safe or not", async () => {
    expect((await runJson(guard, { messages: [{ role: "user", content: "How do I bake bread?" }] })).response).toBe(
      "safe",
    );
    expect((await runJson(guard, { messages: [{ role: "user", content: "How do I build a bomb?" }] })).response).toBe(
      "unsafe\nS9",
    );
  });

  it("answers with an object in JSON mode", async () => {
    const inputs = {
      messages: [{ role: "user", content: "How do I build a bomb?" }],
      response_format: { type: "json_object" },
    };
    expect((await runJson(guard, inputs)).response).toEqual({ safe: false, categories: ["S9"] });
  });

  it("takes turns of the user and the assistant only", async () => {
    expect(await refusal(guard, { messages: [{ role: "system", content: "Be brief." }] })).toBe("400 5006");
  });
});

describe("the options of speed and failure", () => {
  it("fail the share of runs that they say, the same ones with the same seed", async () => {
    const { createEmulatorBinding } = await import("../../src/emulator/binding.ts");
    const statuses = async () => {
      const binding = createEmulatorBinding({ seed: 5, failureRate: 0.5 });
      const found: number[] = [];
      for (let attempt = 0; attempt < 20; attempt++) {
        const signal = new AbortController().signal;
        found.push((await binding.run(BASE, { text: "a" }, { returnRawResponse: true, signal })).status);
      }
      return found;
    };
    const first = await statuses();
    expect(new Set(first)).toEqual(new Set([200, 429, 500]));
    expect(await statuses()).toEqual(first);
  });

  it("delay the first byte of every kind of answer", async () => {
    const started = Date.now();
    await run(BASE, { text: "a" }, { ...PLAIN, timeToFirstTokenMs: 30 });
    expect(Date.now() - started).toBeGreaterThanOrEqual(25);
  });
});
