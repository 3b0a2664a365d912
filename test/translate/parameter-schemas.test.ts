import { describe, expect, it } from "vitest";
import { catalogue } from "../../src/models/catalogue.ts";
import { toParameterSchemas } from "../../src/translate/parameter-schemas.ts";
import { supportedParameters } from "../../src/translate/parameter-support.ts";

function schemasOf(id: string) {
  const entry = catalogue.find((candidate) => candidate.id === id);
  if (entry === undefined) throw new Error(`no model ${id}`);
  return toParameterSchemas(entry);
}

describe("the schemas of a model's parameters", () => {
  it("are the ranges of a native model, the most tokens of an answer being what it can hold", () => {
    expect(schemasOf("@cf/meta/llama-3.3-70b-instruct-fp8-fast")).toEqual({
      max_tokens: { type: "integer", minimum: 1, maximum: 24_000 },
      temperature: { type: "number", minimum: 0, maximum: 5 },
      top_p: { type: "number", minimum: 0.001, maximum: 1 },
      top_k: { type: "integer", minimum: 1, maximum: 50 },
      seed: { type: "integer", minimum: 1, maximum: 9_999_999_999 },
      repetition_penalty: { type: "number", minimum: 0, maximum: 2 },
      frequency_penalty: { type: "number", minimum: 0, maximum: 2 },
      presence_penalty: { type: "number", minimum: 0, maximum: 2 },
    });
  });

  it("leave an end open where the range has none, and name the levels of reasoning", () => {
    const schemas = schemasOf("@cf/openai/gpt-oss-120b");
    expect(schemas["seed"]).toEqual({ type: "integer" });
    expect(schemas["reasoning_effort"]).toEqual({ type: "string", enum: ["low", "medium", "high"] });
    expect(schemas).not.toHaveProperty("top_k");
  });

  it("name none as a level where reasoning can be turned off", () => {
    const levels = catalogue
      .filter(({ abilities }) => abilities.reasoning?.switchable === true)
      .map((entry) => toParameterSchemas(entry)["reasoning_effort"]?.enum?.[0]);
    expect(levels.length).toBeGreaterThan(0);
    expect(new Set(levels)).toEqual(new Set(["none"]));
  });

  it("are there for supported parameters only", () => {
    for (const entry of catalogue.filter(({ task }) => task === "text-generation")) {
      expect(supportedParameters(entry)).toEqual(expect.arrayContaining(Object.keys(toParameterSchemas(entry))));
    }
  });

  it("are none for a model of embeddings", () => {
    const entry = catalogue.find(({ task }) => task === "text-embeddings");
    expect(entry && toParameterSchemas(entry)).toEqual({});
  });
});
