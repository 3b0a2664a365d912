import { Cabidela } from "@cloudflare/cabidela";
import { describe, expect, it } from "vitest";
import { objectOf, parseJson, type JsonObject } from "../../src/emulator/json-value.ts";
import { ask, GEMMA, LLAMA_33, runFrames, runJson, textOf } from "./support.ts";

async function instance(schema: JsonObject, message = "Ada Lovelace was born in London in 1815."): Promise<unknown> {
  const body = await runJson(LLAMA_33, {
    ...ask(message),
    response_format: { type: "json_schema", json_schema: schema },
    max_tokens: 2000,
  });
  return body.response;
}

const PERSON = {
  type: "object",
  properties: {
    name: { type: "string" },
    city: { type: "string" },
    born: { type: "integer", minimum: 1000, maximum: 2100 },
    field: { type: "string", enum: ["mathematics", "poetry"] },
    tags: { type: "array", items: { type: "string" }, minItems: 2, maxItems: 3 },
    alive: { type: "boolean" },
    home: {
      type: "object",
      properties: {
        street: { type: "string", minLength: 5, maxLength: 12 },
        zip: { type: "string", pattern: "^\\d{5}$" },
      },
      required: ["street", "zip"],
    },
  },
  required: ["name", "city", "born", "field", "tags", "alive", "home"],
};

describe("JSON mode with a schema", () => {
  it("gives a parsed instance that takes its values from the message", async () => {
    const value = objectOf(await instance(PERSON));
    expect(value).toMatchObject({ name: "Ada Lovelace", city: "London", born: 1815 });
    expect(new Cabidela(structuredClone(PERSON)).validate(value)).toBe(true);
    expect(objectOf(value.home).zip).toMatch(/^\d{5}$/);
  });

  it.each<[string, JsonObject, (value: unknown) => boolean]>([
    ["a date", { type: "string", format: "date" }, (value) => /^\d{4}-\d\d-\d\d$/.test(String(value))],
    ["a moment", { type: "string", format: "date-time" }, (value) => !Number.isNaN(Date.parse(String(value)))],
    ["an address", { type: "string", format: "email" }, (value) => /^\S+@\S+$/.test(String(value))],
    [
      "a uuid",
      { type: "string", format: "uuid" },
      (value) => /^[0-9a-f]{8}-1111-4111-8111-[0-9a-f]{12}$/.test(String(value)),
    ],
    ["a URL", { type: "string", format: "uri" }, (value) => URL.canParse(String(value))],
    [
      "an exclusive range",
      { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 },
      (value) => Number(value) > 0 && Number(value) < 1,
    ],
    [
      "a multiple",
      { type: "integer", multipleOf: 5, minimum: 12 },
      (value) => Number(value) % 5 === 0 && Number(value) >= 12,
    ],
    ["a constant", { const: "fixed" }, (value) => value === "fixed"],
    [
      "distinct items",
      { type: "array", items: { type: "integer" }, minItems: 3, uniqueItems: true },
      (value) => Array.isArray(value) && new Set(value).size >= 3,
    ],
    ["a pattern", { type: "string", pattern: "^[A-Z]{3}-\\d+$" }, (value) => /^[A-Z]{3}-\d+$/.test(String(value))],
    [
      "a branch of a union",
      { anyOf: [{ type: "null" }, { type: "object", properties: { a: { const: 1 } }, required: ["a"] }] },
      (value) => objectOf(value).a === 1,
    ],
    [
      "all of several",
      {
        allOf: [
          { properties: { a: { type: "integer" } }, required: ["a"] },
          { properties: { b: { type: "boolean" } }, required: ["b"] },
        ],
      },
      (value) => Number.isInteger(objectOf(value).a) && typeof objectOf(value).b === "boolean",
    ],
  ])("satisfies %s", async (_, schema, holds) => {
    const value = objectOf(await instance({ type: "object", properties: { value: schema }, required: ["value"] }));
    expect(holds(value.value), JSON.stringify(value)).toBe(true);
  });

  it("reaches what is required at any depth", async () => {
    let schema: JsonObject = { type: "object", properties: { bottom: { type: "integer" } }, required: ["bottom"] };
    for (let level = 0; level < 9; level++)
      schema = { type: "object", properties: { next: schema }, required: ["next"] };
    expect(JSON.stringify(await instance(schema))).toMatch(/\{"bottom":\d+\}\}{9}$/);
  });

  it("follows references, also into itself", async () => {
    const schema = {
      type: "object",
      properties: { tree: { $ref: "#/$defs/node" } },
      required: ["tree"],
      $defs: {
        node: {
          type: "object",
          properties: { label: { type: "string" }, children: { type: "array", items: { $ref: "#/$defs/node" } } },
          required: ["label", "children"],
        },
      },
    };
    const value = objectOf(await instance(schema));
    expect(objectOf(value.tree)).toMatchObject({ label: expect.any(String), children: expect.any(Array) });
  });

  it("is cut off by max_tokens like any other text", async () => {
    const body = await runJson(LLAMA_33, {
      ...ask("Ada"),
      response_format: { type: "json_schema", json_schema: PERSON },
      max_tokens: 5,
    });
    expect(body.response).toBeTypeOf("string");
    expect(parseJson(String(body.response))).toBeUndefined();
  });

  it("answers OpenAI-shaped models as text, out of an envelope, streamed too", async () => {
    const format = { type: "json_schema", json_schema: { name: "person", strict: true, schema: PERSON } };
    expect(
      parseJson(textOf(await runJson(GEMMA, { ...ask("Ada Lovelace, London"), response_format: format }))),
    ).toMatchObject({ name: "Ada Lovelace" });
    const frames = await runFrames(GEMMA, { ...ask("Ada Lovelace, London"), response_format: format });
    expect(frames.at(-1)).toBe("[DONE]");
  });
});

describe("JSON mode without a schema", () => {
  it("gives an object with the keys that the prompt names", async () => {
    const body = await runJson(LLAMA_33, {
      ...ask('Answer in JSON with the keys "name" and "city": Ada Lovelace lives in London'),
      response_format: { type: "json_object" },
    });
    expect(body.response).toEqual({ name: "Ada Lovelace", city: "London" });
  });

  it("gives some object when it names none", async () => {
    const body = await runJson(GEMMA, {
      ...ask("Describe the moon in JSON"),
      response_format: { type: "json_object" },
    });
    expect(parseJson(textOf(body))).toEqual({ answer: expect.any(String) });
  });
});
