import { describe, expect, it } from "vitest";
import { settle } from "../support/fake-clock.ts";
import { createTap, stream, whole } from "./scripted-binding.ts";
import { createGateway, failureOf, GEMMA, LLAMA, readTexts } from "./support.ts";

const LLAMA_31 = "@cf/meta/llama-3.1-70b-instruct";

describe("a stop text", () => {
  it("ends the answer across frames, and cancels the upstream", async () => {
    const tap = createTap();
    for (const text of ["One S", "TO", "P two", " three"]) tap.say(text);
    const gateway = createGateway({ answers: [() => tap.response()] });
    const answer = await gateway.run({ stop: "STOP" });
    expect(await readTexts(answer)).toEqual(["One "]);
    await settle();
    expect(tap.isCancelled).toBe(true);
    expect(tap.taken).toBe(3);
    expect(gateway.clock.pending).toBe(0);
  });

  it("ends an answer that is collected whole too", async () => {
    const gateway = createGateway({ answers: [whole("One STOP two")] });
    expect(await readTexts(await gateway.run({ stop: ["x", "STOP"] }, { stream: false }))).toEqual(["One "]);
  });

  it("is the model's own where it knows it", async () => {
    const gateway = createGateway({ answers: [stream("One STOP two")] });
    expect(await readTexts(await gateway.run({ stop: "STOP" }, { models: [GEMMA] }))).toEqual(["One STOP two"]);
    expect(gateway.binding.calls[0]?.inputs["stop"]).toEqual(["STOP"]);
  });
});

describe("the upstream is read", () => {
  it("no further than the first events before the client reads", async () => {
    const tap = createTap();
    for (let frame = 0; frame < 50; frame += 1) tap.say("a");
    const gateway = createGateway({ answers: [() => tap.response()] });
    const { choices } = await gateway.run();
    await settle();
    expect(tap.taken).toBe(1);
    await choices.next();
    await settle();
    expect(tap.taken).toBe(1);
    await choices.next();
    await settle();
    expect(tap.taken).toBe(2);
    choices.cancel();
  });

  it("one batch ahead at most in each of several choices", async () => {
    const taps = [createTap(), createTap()];
    for (const tap of taps) for (let frame = 0; frame < 50; frame += 1) tap.say("a");
    const gateway = createGateway({ answers: taps.map((tap) => () => tap.response()) });
    const { choices } = await gateway.run({ n: 2 });
    for (let read = 0; read < 4; read += 1) await choices.next();
    await settle();
    for (const tap of taps) expect(tap.taken).toBeLessThanOrEqual(4);
    choices.cancel();
  });
});

describe("a call", () => {
  it("asks for the raw response, with a signal of its own", async () => {
    const gateway = createGateway({ answers: [stream("a")] });
    await gateway.run({ n: 2 });
    const signals = gateway.binding.calls.map(({ options }) => options.signal);
    expect(new Set(signals).size).toBe(2);
    for (const { options } of gateway.binding.calls) expect(options.returnRawResponse).toBe(true);
  });

  it("keeps a conversation where its beginning is cached", async () => {
    const gateway = createGateway({ answers: [stream("a")] });
    await gateway.run({}, { sessionAffinity: "abc" });
    await gateway.run();
    expect(gateway.binding.calls.map(({ options }) => options.extraHeaders?.["x-session-affinity"])).toEqual([
      "abc",
      undefined,
    ]);
  });

  it("passes on the first tool call only where the caller wants one", async () => {
    const tools = [{ type: "function", function: { name: "f" } }];
    const calls = { tool_calls: ["a", "b"].map((id) => ({ id, name: "f", arguments: {} })) };
    const gateway = createGateway({ answers: [whole(null, calls)] });
    for (const [parallel, count] of [
      [true, 2],
      [false, 1],
    ] as const) {
      const { choices } = await gateway.run({ tools, parallel_tool_calls: parallel });
      let starts = 0;
      for (let batch = await choices.next(); batch !== undefined; batch = await choices.next()) {
        starts += batch.events.filter(({ type }) => type === "tool-call-start").length;
      }
      expect(starts).toBe(count);
    }
  });
});

describe("a retired model", () => {
  it("is answered by its successor, and both are known", async () => {
    const gateway = createGateway({ answers: [stream("a")] });
    const answer = await gateway.run({}, { models: [LLAMA_31] });
    expect(gateway.binding.called).toEqual([LLAMA]);
    expect(answer).toMatchObject({ entry: { id: LLAMA }, retired: { id: LLAMA_31 } });
  });

  it("is not found in strict mode, and the message names both", async () => {
    const gateway = createGateway({ answers: [stream("a")] });
    const failure = await failureOf(gateway.run({}, { models: [LLAMA_31], strict: true }));
    expect(failure).toMatchObject({ kind: "model_not_found", param: "model" });
    expect(failure.message).toContain(LLAMA_31);
    expect(failure.message).toContain(LLAMA);
    expect(gateway.binding.calls).toEqual([]);
  });
});

describe("strict mode", () => {
  it("refuses what would only be ignored, before anything is called", async () => {
    const gateway = createGateway({ answers: [stream("a")] });
    expect(await failureOf(gateway.run({ store: true }, { strict: true }))).toMatchObject({
      kind: "unsupported_parameter",
      param: "store",
    });
    expect(gateway.binding.calls).toEqual([]);
  });

  it("has nothing against what is emulated or adjusted", async () => {
    const gateway = createGateway({ answers: [stream("a")] });
    const { parameters } = await gateway.run({ stop: "x", seed: 0 }, { strict: true });
    expect([...parameters]).toEqual([
      ["seed", "adjusted"],
      ["stop", "emulated"],
    ]);
  });

  it("takes the model that does not ignore it, where there is one", async () => {
    const gateway = createGateway({ answers: [stream("a")] });
    const answer = await gateway.run({ top_k: 5 }, { models: [GEMMA, LLAMA], strict: true });
    expect(answer.entry.id).toBe(LLAMA);
  });
});
