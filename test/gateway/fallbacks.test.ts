import { describe, expect, it } from "vitest";
import { createCapacityMemory } from "../../src/gateway/capacity-memory.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { refusal, stream } from "./scripted-binding.ts";
import { createGateway, failureOf, GEMMA, LLAMA, readTexts, SCOUT } from "./support.ts";

const busy = refusal(429, 3040);

describe("fallbacks", () => {
  it.each([
    ["the request names", { models: [LLAMA, GEMMA] }, {}],
    ["the configuration names", {}, { MODEL_FALLBACKS: { [LLAMA]: [GEMMA] } }],
  ])("that %s are tried at once, and the answer names who answered", async (_source, options, config) => {
    const gateway = createGateway({ answers: [busy, stream("Hello")], config });
    const answer = await gateway.run({}, options);
    expect(gateway.binding.called).toEqual([LLAMA, GEMMA]);
    expect(answer).toMatchObject({ entry: { id: GEMMA }, attempts: 2 });
    expect(await readTexts(answer)).toEqual(["Hello"]);
  });

  it("of the request come before those of the configuration, each model once, by whatever name", async () => {
    const gateway = createGateway({
      answers: [busy],
      config: { MODEL_FALLBACKS: { [LLAMA]: [LLAMA, GEMMA] }, MAX_ATTEMPTS: 3 },
    });
    await failureOf(gateway.run({}, { models: [LLAMA, SCOUT, GEMMA] }));
    expect(gateway.binding.called).toEqual([LLAMA, SCOUT, GEMMA]);
  });

  it("are translated anew", async () => {
    const gateway = createGateway({ answers: [busy, stream("Hello")] });
    await gateway.run({ stop: ["x"], max_tokens: 5 }, { models: [LLAMA, GEMMA] });
    const [first, second] = gateway.binding.calls;
    expect(first?.inputs).toMatchObject({ max_tokens: 5 });
    expect(first?.inputs).not.toHaveProperty("stop");
    expect(second?.inputs).toMatchObject({ max_completion_tokens: 5, stop: ["x"] });
  });

  it("share the attempts with the first model, and wait only when all had their turn", async () => {
    const gateway = createGateway({ answers: [busy], config: { MAX_ATTEMPTS: 3 }, random: 0.5 });
    const started = gateway.start({}, { models: [LLAMA, GEMMA] });
    await gateway.clock.advance(249);
    expect(gateway.binding.called).toEqual([LLAMA, GEMMA]);
    await gateway.clock.advance(1);
    expect(await started.failure()).toMatchObject({ kind: "out_of_capacity" });
    expect(gateway.binding.called).toEqual([LLAMA, GEMMA, LLAMA]);
    expect(gateway.clock.pending).toBe(0);
  });

  it("let a busy model refuse at once while another stands ready, and the last one wait for capacity", async () => {
    const gateway = createGateway({ answers: [busy, stream("Hello")] });
    await gateway.run({}, { models: [LLAMA, GEMMA] });
    expect(gateway.binding.calls.map(({ options }) => options.rejectIfBusy === true)).toEqual([true, false]);
  });

  it("answer for a model that is gone", async () => {
    const gateway = createGateway({ answers: [refusal(400, 5028), stream("Hello")] });
    expect(await gateway.run({}, { models: [LLAMA, GEMMA] })).toMatchObject({ entry: { id: GEMMA } });
  });

  it.each<[string, number, number]>([
    ["a spent quota, which is the account's", 429, 4006],
    ["wrong inputs, which are the caller's", 400, 5006],
  ])("do not help against %s", async (_fact, status, code) => {
    const gateway = createGateway({ answers: [refusal(status, code), stream("Hello")] });
    await failureOf(gateway.run({}, { models: [LLAMA, GEMMA] }));
    expect(gateway.binding.called).toEqual([LLAMA]);
  });

  it("are passed over where they lack what the request needs", async () => {
    const tools = [{ type: "function", function: { name: "f" } }];
    const mute = "@cf/meta/llama-3.2-1b-instruct";
    const gateway = createGateway({ answers: [busy, stream("Hello")] });
    expect(await gateway.run({ tools }, { models: [LLAMA, mute, GEMMA] })).toMatchObject({ entry: { id: GEMMA } });
    expect(gateway.binding.called).toEqual([LLAMA, GEMMA]);
  });

  it("take the place of a first model that lacks it", async () => {
    const tools = [{ type: "function", function: { name: "f" } }];
    const gateway = createGateway({ answers: [stream("Hello")] });
    const models = ["@cf/meta/llama-3.2-1b-instruct", LLAMA];
    expect(await gateway.run({ tools }, { models })).toMatchObject({ entry: { id: LLAMA }, attempts: 1 });
  });

  it("that all lack it leave the error of the first", async () => {
    const tools = [{ type: "function", function: { name: "f" } }];
    const gateway = createGateway({ answers: [stream("Hello")] });
    const models = ["@cf/meta/llama-3.2-1b-instruct", "@cf/meta/llama-3.2-3b-instruct"];
    const failure = await failureOf(gateway.run({ tools }, { models }));
    expect(failure).toMatchObject({ kind: "unsupported_parameter", param: "tools" });
    expect(failure.message).toContain("llama-3.2-1b-instruct");
    expect(gateway.binding.calls).toEqual([]);
  });

  it("whose name nobody knows are an error before anything is called", async () => {
    const gateway = createGateway({ answers: [stream("Hello")] });
    expect(await failureOf(gateway.run({}, { models: [LLAMA, "gpt-unheard-of"] }))).toMatchObject({
      kind: "model_not_found",
      param: "model",
    });
    expect(gateway.binding.calls).toEqual([]);
  });
});

describe("the memory of models without capacity", () => {
  it("puts a model last that refused a moment ago, for two seconds at first", async () => {
    const gateway = createGateway({ answers: [busy, stream("a"), stream("b"), stream("c")] });
    const options = { models: [LLAMA, GEMMA] };
    await gateway.run({}, options);
    await gateway.run({}, options);
    expect(gateway.binding.called).toEqual([LLAMA, GEMMA, GEMMA]);
    await gateway.clock.advance(2000);
    await gateway.run({}, options);
    expect(gateway.binding.called.at(-1)).toBe(LLAMA);
  });

  it("still tries a model that is the only one", async () => {
    const gateway = createGateway({ answers: [busy, stream("a")], config: { MAX_ATTEMPTS: 1 } });
    await failureOf(gateway.run());
    expect(await readTexts(await gateway.run())).toEqual(["a"]);
  });

  it("doubles the pause with each refusal, up to a minute, and forgets it with an answer", async () => {
    const clock = createFakeClock();
    const memory = createCapacityMemory(clock);
    for (const pause of [2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]) {
      memory.reportRefusal("a");
      await clock.advance(pause - 1);
      expect(memory.isReady("a")).toBe(false);
      await clock.advance(1);
      expect(memory.isReady("a")).toBe(true);
    }
    memory.reportRefusal("a");
    memory.reportAnswer("a");
    expect(memory.isReady("a")).toBe(true);
    expect(memory.isReady("b")).toBe(true);
  });

  it("lets one request find out after the pause, and the others go elsewhere until it has", async () => {
    const clock = createFakeClock();
    const memory = createCapacityMemory(clock);
    memory.reportRefusal("a");
    await clock.advance(2000);
    // To ask is not to try.
    expect([memory.isReady("a"), memory.isReady("a")]).toEqual([true, true]);
    memory.reportAttempt("a");
    expect(memory.isReady("a")).toBe(false);
    // The probe may never end; another is let through.
    await clock.advance(10_000);
    expect(memory.isReady("a")).toBe(true);
  });

  it("does not keep a model away that is merely tried", () => {
    const memory = createCapacityMemory(createFakeClock());
    memory.reportAttempt("a");
    expect(memory.isReady("a")).toBe(true);
  });
});
