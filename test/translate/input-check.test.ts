import { Cabidela } from "@cloudflare/cabidela";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GatewayError } from "../../src/errors.ts";
import type { JsonRecord } from "../../src/json.ts";
import { catalogue } from "../../src/models/catalogue.ts";
import { findInputSchema } from "../../src/models/input-schema.ts";
import { LLAMA_SCHEMA } from "../../src/models/schemas/llama-text.ts";
import { refuseWrongInputs } from "../../src/translate/input-check.ts";
import published33 from "../fixtures/workers-ai-schemas/llama-3.3-70b-instruct-fp8-fast.input.json";

const published = catalogue.flatMap((entry) => {
  const schema = findInputSchema(entry);
  return schema === undefined ? [] : [[entry.id, schema] as const];
});

const scalar = fc.oneof(
  fc.constantFrom<unknown>(null, true, "1", -1, 0, 0.5, 1, 6, 51, 1e11),
  fc.integer({ min: -10, max: 100 }),
  fc.string({ maxLength: 3 }),
);
const text = fc.oneof({ weight: 3, arbitrary: fc.constant<unknown>("Hello") }, { weight: 1, arbitrary: scalar });
const texts = fc.oneof(fc.string({ minLength: 1 }), fc.array(fc.string({ minLength: 1 }), { maxLength: 3 }));
const context = fc.record({ text });
const message = fc.record({ role: fc.constantFrom<unknown>("user", "assistant", 7), content: text });

/** Inputs of the forms that scripts send, some of whose values are wrong. */
const inputs: fc.Arbitrary<JsonRecord> = fc.record(
  {
    prompt: text,
    messages: fc.array(message, { maxLength: 3 }),
    text: texts,
    query: text,
    contexts: fc.array(context, { maxLength: 3 }),
    max_tokens: scalar,
    temperature: scalar,
    top_k: scalar,
    stream: scalar,
    seed: scalar,
    pooling: fc.constantFrom<unknown>("mean", "cls", "max", 1),
    unknown: scalar,
  },
  { requiredKeys: [] },
);

const right: readonly JsonRecord[] = [
  { prompt: "Hello", max_tokens: 10, temperature: 0.5 },
  { messages: [{ role: "user", content: "Hello" }], tools: [{ name: "f" }] },
  { text: ["one", "two"] },
  { query: "one", contexts: [{ text: "two" }] },
];

function ourVerdict(value: JsonRecord, schema: JsonRecord): boolean {
  try {
    refuseWrongInputs(value, schema);
    return true;
  } catch (error) {
    if (error instanceof GatewayError && error.kind === "invalid_request" && error.upstreamCode === 5006) return false;
    throw error;
  }
}

function theirVerdict(value: JsonRecord, schema: JsonRecord): boolean {
  try {
    new Cabidela(structuredClone(schema), { fullErrors: true }).validate(structuredClone(value));
    return true;
  } catch {
    return false;
  }
}

/** A schema without what only describes, and without the alternatives in elements that nobody enforces. */
function toRules(schema: unknown, isElement = false): unknown {
  if (Array.isArray(schema)) return schema.map((part) => toRules(part, isElement));
  if (typeof schema !== "object" || schema === null) return schema;
  const kept = Object.entries(schema).filter(
    ([keyword, value]) =>
      (typeof value === "object" || !["description", "title", "default"].includes(keyword)) &&
      !(isElement && keyword === "oneOf"),
  );
  return Object.fromEntries(
    kept.map(([keyword, value]) => [keyword, toRules(value, isElement || keyword === "items")]),
  );
}

describe.each(published)("the check of the inputs of %s", (_id, schema) => {
  it("comes to what Workers AI's own validator comes to", () => {
    const property = fc.property(inputs, (value) => {
      expect([value, ourVerdict(value, schema)]).toEqual([value, theirVerdict(value, schema)]);
    });
    expect(fc.assert(property, { seed: 20_261_126, numRuns: 400 })).toBeUndefined();
  });

  it("takes some inputs and refuses others", () => {
    const verdicts = new Set([...right, { text: 1, messages: 1, query: 1 }].map((value) => ourVerdict(value, schema)));
    expect(verdicts).toEqual(new Set([true, false]));
  });
});

describe("the schema of Llama 3.3", () => {
  it("is the published one", () => {
    expect(LLAMA_SCHEMA).toEqual(toRules(published33));
  });
});
