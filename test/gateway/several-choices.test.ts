import { describe, expect, it } from "vitest";
import { collectChoices } from "../../src/completion/choices.ts";
import { settle } from "../support/fake-clock.ts";
import { createTap, refusal, silence, stream, whole } from "./scripted-binding.ts";
import { createGateway, readTexts } from "./support.ts";

describe("several choices", () => {
  it("are as many calls at once, numbered in their order, and one attempt", async () => {
    const gateway = createGateway({ answers: [stream("a"), stream("b"), stream("c")] });
    const answer = await gateway.run({ n: 3 });
    expect(gateway.binding.calls).toHaveLength(3);
    expect(answer.attempts).toBe(1);
    expect(await readTexts(answer)).toEqual(["a", "b", "c"]);
    expect(gateway.clock.pending).toBe(0);
  });

  it("come as they arrive", async () => {
    const taps = [createTap(), createTap()];
    for (const tap of taps) tap.say("begin");
    const responses = taps.map((tap) => () => tap.response());
    const gateway = createGateway({ answers: responses });
    const { choices } = await gateway.run({ n: 2 });
    await choices.next();
    await choices.next();
    taps[1]?.say("first");
    expect(await choices.next()).toMatchObject({ choice: 1, events: [{ text: "first" }] });
    taps[0]?.say("second");
    expect(await choices.next()).toMatchObject({ choice: 0, events: [{ text: "second" }] });
    choices.cancel();
  });

  it("have the usage of each, for their sum", async () => {
    const gateway = createGateway({ answers: [whole("a")] });
    const { choices } = await gateway.run({ n: 2 }, { stream: false });
    const completions = await collectChoices(choices);
    expect(completions.map(({ usage }) => usage?.totalTokens)).toEqual([5, 5]);
  });

  it("all fail, and are all cancelled, where one cannot begin", async () => {
    const tap = createTap();
    tap.say("a");
    const gateway = createGateway({ answers: [() => tap.response(), refusal(400, 5006), silence] });
    const started = gateway.start({ n: 3 });
    expect(await started.failure()).toMatchObject({ kind: "invalid_request" });
    await settle();
    expect(tap.isCancelled).toBe(true);
    expect(gateway.binding.calls.map(({ options }) => options.signal.aborted)).toEqual([true, false, true]);
    expect(gateway.clock.pending).toBe(0);
  });

  it("are all repeated where one failed that may be", async () => {
    const answers = [stream("a"), refusal(429, 3040), stream("c"), stream("d")];
    const gateway = createGateway({ answers });
    const started = gateway.start({ n: 2 });
    await gateway.clock.advance(0);
    const answer = await started.answer;
    expect(gateway.binding.calls).toHaveLength(4);
    expect(answer.attempts).toBe(2);
    expect(await readTexts(answer)).toEqual(["c", "d"]);
    expect(gateway.clock.pending).toBe(0);
  });

  it("all fail where one breaks off later", async () => {
    const taps = [createTap(), createTap()];
    for (const tap of taps) tap.say("begin");
    const gateway = createGateway({ answers: taps.map((tap) => () => tap.response()) });
    const { choices } = await gateway.run({ n: 2 });
    await choices.next();
    await choices.next();
    taps[1]?.fail();
    await expect(choices.next()).rejects.toMatchObject({ kind: "upstream_failed" });
    await settle();
    expect(taps[0]?.isCancelled).toBe(true);
    expect(gateway.clock.pending).toBe(0);
  });

  it("have seeds of their own", async () => {
    const gateway = createGateway({ answers: [stream("a")] });
    await gateway.run({ n: 3, seed: 5 });
    expect(gateway.binding.calls.map(({ inputs }) => inputs["seed"])).toEqual([5, 6, 7]);
  });
});
