import { describe, expect, it } from "vitest";
import { price } from "../../src/models/catalogue/entry.ts";
import { toCost } from "../../src/models/consumption.ts";
import { createTestClient } from "./support/client.ts";
import { createFakeBinding } from "./support/fake-binding.ts";
import { ask, GEMMA, LLAMA } from "./support/samples.ts";

/** What the official client passes on although its types do not know it. */
const withCost = { usage: { include: true } };

const llamaPrice = price(0.293, 2.253);

interface PricedUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly cost?: number;
  readonly neurons?: number;
}

/** The cost of a usage of Llama's by the price list, as far as it can be told from the counts that are shown. */
function listPrice(usage: PricedUsage) {
  const { prompt_tokens: promptTokens, completion_tokens: completionTokens } = usage;
  const totalTokens = promptTokens + completionTokens;
  const unknown = { cachedTokens: undefined, reasoningTokens: undefined, neurons: undefined };
  return toCost({ usage: { promptTokens, completionTokens, totalTokens, ...unknown } }, llamaPrice);
}

describe("usage: {include: true}", () => {
  it("adds cost and neurons to the usage of a whole answer, by the model's prices", async () => {
    const { client } = createTestClient();
    const request = { model: LLAMA, messages: ask("Hello!"), ...withCost };
    const usage = (await client.chat.completions.create(request)).usage as PricedUsage;
    expect(usage.cost).toBeCloseTo(listPrice(usage)?.dollars ?? Number.NaN, 10);
    expect(usage.neurons).toBeCloseTo(listPrice(usage)?.neurons ?? Number.NaN, 5);
    expect(usage.cost).toBeGreaterThan(0);
  });

  it("adds them to the last chunk of a stream, also without include_usage", async () => {
    const { client } = createTestClient();
    const request = { model: LLAMA, messages: ask("Hello!"), stream: true as const, ...withCost };
    const usages: PricedUsage[] = [];
    for await (const { usage } of await client.chat.completions.create(request)) if (usage) usages.push(usage);
    expect(usages).toHaveLength(1);
    const [usage] = usages;
    expect(usage?.cost).toBeCloseTo((usage && listPrice(usage)?.dollars) ?? Number.NaN, 10);
  });

  it("adds them to text completions, whole and streamed", async () => {
    const { client } = createTestClient();
    const request = { model: LLAMA, prompt: "The sea", ...withCost };
    const whole = (await client.completions.create(request)).usage as PricedUsage;
    expect(whole.cost).toBeCloseTo(listPrice(whole)?.dollars ?? Number.NaN, 10);
    const usages: PricedUsage[] = [];
    for await (const { usage } of await client.completions.create({ ...request, stream: true })) {
      if (usage) usages.push(usage);
    }
    expect(usages).toEqual([expect.objectContaining({ cost: expect.any(Number), neurons: expect.any(Number) })]);
  });

  it("shows the figure that Workers AI itself reports", async () => {
    const usage = { prompt_tokens: 147, completion_tokens: 16, total_tokens: 163, neurons: 1.77 };
    const choices = [{ index: 0, message: { role: "assistant", content: "Hi" }, finish_reason: "stop" }];
    const binding = createFakeBinding(() => Response.json({ object: "chat.completion", choices, usage }));
    const { client } = createTestClient({ binding });
    const answer = await client.chat.completions.create({ model: GEMMA, messages: ask("Hi"), ...withCost });
    expect(answer.usage).toMatchObject({ neurons: 1.77, cost: 0.000_019_47 });
  });

  it("adds nothing where the price is not known", async () => {
    const binding = createFakeBinding(() =>
      Response.json({ response: "Hi", usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } }),
    );
    const { client, exchanges } = createTestClient({ binding });
    const answer = await client.chat.completions.create({ model: "@cf/vendor/new", messages: ask("Hi"), ...withCost });
    expect(answer.usage).toEqual({ prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 });
    expect(exchanges[0]?.response.headers.has("x-flaregate-cost")).toBe(false);
  });

  it("counts every call that the answer took", async () => {
    const { client } = createTestClient();
    const request = { model: LLAMA, messages: ask("Hello!"), n: 3, ...withCost };
    const usage = (await client.chat.completions.create(request)).usage as PricedUsage;
    expect(usage.cost).toBeCloseTo(listPrice(usage)?.dollars ?? Number.NaN, 10);
  });
});

describe("without usage: {include: true}", () => {
  it.each([
    {},
    { usage: { include: false } },
    { usage: null },
    { usage: {} },
    { usage: "all" },
    { usage: { include: "yes" } },
  ])("there is no cost: %j", async (members) => {
    const { client } = createTestClient();
    const request = { model: LLAMA, messages: ask("Hello!"), ...members };
    const whole = await client.chat.completions.create(request);
    expect(Object.keys(whole.usage ?? {})).toEqual(["prompt_tokens", "completion_tokens", "total_tokens"]);
    for await (const chunk of await client.chat.completions.create({ ...request, stream: true })) {
      expect(chunk).not.toHaveProperty("usage");
    }
  });

  it("the headers of a whole answer tell cost and neurons all the same, and those of a stream do not", async () => {
    const { client, exchanges } = createTestClient();
    const request = { model: LLAMA, messages: ask("Hello!") };
    const { usage } = await client.chat.completions.create(request);
    const stream = await client.chat.completions.create({ ...request, stream: true });
    for await (const _ of stream);
    const [whole, streamed] = exchanges.map(({ response }) => response.headers);
    const cost = listPrice(usage as PricedUsage);
    expect(whole?.get("x-flaregate-cost")).toMatch(/^0\.\d+$/);
    expect(Number(whole?.get("x-flaregate-cost"))).toBeCloseTo(cost?.dollars ?? Number.NaN, 10);
    expect(Number(whole?.get("x-flaregate-neurons"))).toBeCloseTo(cost?.neurons ?? Number.NaN, 5);
    expect(streamed?.has("x-flaregate-cost")).toBe(false);
  });
});
