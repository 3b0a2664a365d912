import { describe, expect, it } from "vitest";
import { catalogue } from "../../src/models/catalogue.ts";
import { unknownTextModel } from "../../src/models/catalogue/entry.ts";
import {
  type ParameterRanges,
  defaultMaxTokens,
  parameterRanges,
  rangedParameters,
} from "../../src/models/parameters.ts";
import llama31 from "../fixtures/workers-ai-schemas/llama-3.1-70b-instruct.input.json";
import llama33 from "../fixtures/workers-ai-schemas/llama-3.3-70b-instruct-fp8-fast.input.json";

interface PublishedParameter {
  type?: string;
  minimum?: number;
  maximum?: number;
  default?: unknown;
}

function rangesOf(id: string): ParameterRanges {
  const entry = catalogue.find((candidate) => candidate.id === id);
  return entry === undefined ? {} : parameterRanges(entry);
}

const published = [
  ["@cf/meta/llama-3.1-70b-instruct", llama31],
  ["@cf/meta/llama-3.3-70b-instruct-fp8-fast", llama33],
] as const;
const branches = published.flatMap(([id, schema]) =>
  schema.oneOf.map((branch) => [id, branch.title, branch.properties as Record<string, PublishedParameter>] as const),
);

describe.each(branches)("the parameters of %s with its %s inputs", (id, _title, properties) => {
  it.each(rangedParameters)("keep %s inside the published schema", (name) => {
    const range = rangesOf(id)[name];
    const parameter = properties[name];
    expect(parameter).toBeDefined();
    expect(range?.integer).toBe(parameter?.type === "integer");
    expect(range?.min).toBeGreaterThanOrEqual(parameter?.minimum ?? -Infinity);
    expect(range?.max).toBeLessThanOrEqual(parameter?.maximum ?? Infinity);
  });

  it("end an answer at the published default", () => {
    const entry = catalogue.find((candidate) => candidate.id === id);
    expect(entry && defaultMaxTokens(entry)).toBe(properties["max_tokens"]?.default);
  });
});

describe("parameter ranges", () => {
  it("never let a native model see top_p 0 or seed 0", () => {
    const ranges = rangesOf("@cf/meta/llama-3.3-70b-instruct-fp8-fast");
    expect(ranges.top_p).toEqual({ min: 0.001, max: 1, integer: false });
    expect(ranges.seed).toEqual({ min: 1, max: 9_999_999_999, integer: true });
  });

  it("end max_tokens at the output limit, or else at the window", () => {
    expect(rangesOf("@cf/openai/gpt-oss-120b").max_tokens?.max).toBe(16_384);
    expect(rangesOf("@cf/meta/llama-3.3-70b-instruct-fp8-fast").max_tokens?.max).toBe(24_000);
  });

  it("are OpenAI's for a model with OpenAI's fields, without top_k", () => {
    const ranges = rangesOf("@cf/openai/gpt-oss-20b");
    expect(ranges.temperature).toEqual({ min: 0, max: 2, integer: false });
    expect(ranges.frequency_penalty).toEqual({ min: -2, max: 2, integer: false });
    expect(ranges.top_k).toBeUndefined();
    expect(ranges.repetition_penalty).toBeUndefined();
  });

  it("take negative penalties where a native model's schema does", () => {
    expect(rangesOf("@cf/qwen/qwen3-30b-a3b-fp8").presence_penalty?.min).toBe(-2);
  });

  it("are for an unknown model what both dialects take", () => {
    const common = parameterRanges(unknownTextModel("@cf/acme/new-model"));
    expect(Object.keys(common)).toEqual([
      "max_tokens",
      "temperature",
      "top_p",
      "seed",
      "frequency_penalty",
      "presence_penalty",
    ]);
    for (const id of ["@cf/meta/llama-3.2-3b-instruct", "@cf/google/gemma-4-26b-a4b-it"]) {
      const known = rangesOf(id);
      for (const name of rangedParameters.filter((parameter) => parameter !== "max_tokens")) {
        expect(common[name]?.min ?? Infinity).toBeGreaterThanOrEqual(known[name]?.min ?? -Infinity);
        expect(common[name]?.max ?? -Infinity).toBeLessThanOrEqual(known[name]?.max ?? Infinity);
      }
    }
  });

  it("are two for the classifier and none for embeddings", () => {
    expect(Object.keys(rangesOf("@cf/meta/llama-guard-3-8b"))).toEqual(["max_tokens", "temperature"]);
    expect(rangesOf("@cf/baai/bge-m3")).toEqual({});
  });
});
