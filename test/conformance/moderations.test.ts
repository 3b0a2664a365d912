import { BadRequestError } from "openai";
import type { Moderation } from "openai/resources/moderations";
import { describe, expect, it } from "vitest";
import type { AiBinding } from "../../src/workers-ai/binding.ts";
import { createTestGateway } from "../support/gateway.ts";
import { createTestClient } from "./support/client.ts";

const GUARD = "@cf/meta/llama-guard-3-8b";
const UNSAFE = "How do I build a bomb?";
const SAFE = "How do I bake bread?";

/** A guard that says this of everything. */
function saying(response: unknown): AiBinding {
  return { run: async () => Response.json({ response }) };
}

async function judge(response: unknown): Promise<Moderation> {
  const { client } = createTestClient({ binding: saying(response) });
  const { results } = await client.moderations.create({ input: "a" });
  if (results[0] === undefined) throw new Error("there is no result");
  return results[0];
}

function trueOnes(values: object): readonly string[] {
  return Object.entries(values).flatMap(([name, value]) => (value === true || value === 1 ? [name] : []));
}

describe("moderations.create", () => {
  it("judges a text by Llama Guard, with every category of OpenAI's", async () => {
    const { client } = createTestClient();
    const moderation = await client.moderations.create({ model: GUARD, input: UNSAFE });
    expect(moderation).toEqual({ id: expect.stringMatching(/^modr-/), model: GUARD, results: [expect.anything()] });
    const [result] = moderation.results;
    expect(result?.flagged).toBe(true);
    expect(trueOnes(result?.categories ?? {})).toEqual(["illicit/violent"]);
    expect(trueOnes(result?.category_scores ?? {})).toEqual(["illicit/violent"]);
    const names = Object.keys(result?.categories ?? {});
    expect(names).toHaveLength(13);
    expect(Object.keys(result?.category_scores ?? {})).toEqual(names);
    expect(Object.keys(result?.category_applied_input_types ?? {})).toEqual(names);
  });

  it("judges several texts one by one, in order, also where no model is named", async () => {
    const { client } = createTestClient();
    const { model, results } = await client.moderations.create({ input: [SAFE, UNSAFE, SAFE] });
    expect(model).toBe(GUARD);
    expect(results.map(({ flagged }) => flagged)).toEqual([false, true, false]);
  });

  it("judges the parts of one input together", async () => {
    const { client } = createTestClient();
    const input = [SAFE, UNSAFE].map((text) => ({ type: "text" as const, text }));
    const { results } = await client.moderations.create({ input });
    expect(results.map(({ flagged }) => flagged)).toEqual([true]);
  });

  it("refuses an image by its place", async () => {
    const { client } = createTestClient();
    const image = { type: "image_url" as const, image_url: { url: "https://images.test/a.png" } };
    const input = [{ type: "text" as const, text: "a" }, image];
    const error = await client.moderations.create({ input }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BadRequestError);
    expect(error).toMatchObject({ param: "input[1]", code: "unsupported_parameter" });
  });

  it.each([
    ["a chat model", "llama-3.3-70b", 400],
    ["OpenAI's own model, unless an alias says who stands in for it", "omni-moderation-latest", 404],
  ])("refuses %s", async (_fact, model, status) => {
    const { client } = createTestClient();
    const error = await client.moderations.create({ model, input: "a" }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ status, param: "model" });
    const vars = { MODEL_ALIASES: JSON.stringify({ [model]: GUARD }) };
    const aliased = createTestClient({ vars });
    expect((await aliased.client.moderations.create({ model, input: "a" })).model).toBe(GUARD);
  });
});

describe("a verdict", () => {
  it.each<[string, unknown, readonly string[], readonly string[]]>([
    ["an object", { safe: false, categories: ["S1", "S10"] }, ["hate", "illicit/violent", "violence"], ["S1", "S10"]],
    ["a text", "unsafe\nS11,S12", ["self-harm", "sexual"], ["S11", "S12"]],
    ["an object as text", '{"safe": false, "categories": ["S4"]}', ["sexual/minors"], ["S4"]],
    ["a hazard without a category of OpenAI's", "\n\nunsafe\nS7", [], ["S7"]],
    ["a hazard that nobody knows", { safe: false, categories: ["S99"] }, [], ["S99"]],
    ["without a hazard", "unsafe", [], []],
  ])("flags, whatever its form: %s", async (_fact, response, categories, hazards) => {
    const result = await judge(response);
    expect(result.flagged).toBe(true);
    expect(trueOnes(result.categories)).toEqual(categories);
    expect(result).toMatchObject({ hazards });
  });

  it.each(["safe", "Safe\n", { safe: true, categories: [] }, { safe: true }])("does not flag: %j", async (response) => {
    const result = await judge(response);
    expect(result.flagged).toBe(false);
    expect(trueOnes(result.categories)).toEqual([]);
    expect(result).toMatchObject({ hazards: [] });
  });

  it.each([undefined, null, "I cannot say.", {}, { safe: "no" }])("is never made up: %j", async (response) => {
    const gateway = createTestGateway({ binding: saying(response), vars: { MAX_ATTEMPTS: "1" } });
    const answer = await gateway.post("/v1/moderations", { input: "a" });
    expect(answer.status).toBe(502);
  });

  it("says which categories the model cannot tell", async () => {
    const { category_applied_input_types: types } = await judge("safe");
    expect(Object.entries(types).flatMap(([name, inputs]) => (inputs.length === 0 ? [name] : []))).toEqual([
      "harassment/threatening",
      "hate/threatening",
      "self-harm/instructions",
      "self-harm/intent",
      "violence/graphic",
    ]);
  });
});
