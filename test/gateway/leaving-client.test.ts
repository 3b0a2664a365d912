import { describe, expect, it } from "vitest";
import { settle } from "../support/fake-clock.ts";
import { createTap, refusal, silence, whole } from "./scripted-binding.ts";
import { createGateway, failureOf } from "./support.ts";

describe("a client that leaves", () => {
  it.each([true, false])("cancels a call that was not answered yet (stream %s)", async (stream) => {
    const gateway = createGateway({ answers: [silence] });
    const started = gateway.start({}, { stream });
    await settle();
    gateway.leave();
    expect(await started.failure()).toMatchObject({ kind: "client_closed" });
    expect(gateway.binding.calls).toHaveLength(1);
    expect(gateway.binding.calls[0]?.options.signal.aborted).toBe(true);
    expect(gateway.clock.pending).toBe(0);
  });

  it("cancels an answer whose first event is waited for", async () => {
    const tap = createTap();
    const gateway = createGateway({ answers: [() => tap.response()] });
    const started = gateway.start();
    await settle();
    gateway.leave();
    expect(await started.failure()).toMatchObject({ kind: "client_closed" });
    await settle();
    expect(tap.isCancelled).toBe(true);
    expect(gateway.clock.pending).toBe(0);
  });

  it("cancels a stream in the middle of a read", async () => {
    const tap = createTap();
    tap.say("a");
    const gateway = createGateway({ answers: [() => tap.response()] });
    const { choices } = await gateway.run();
    await choices.next();
    const pending = failureOf(choices.next());
    await settle();
    gateway.leave();
    expect(await pending).toMatchObject({ kind: "client_closed" });
    await settle();
    expect(tap.isCancelled).toBe(true);
    expect(gateway.clock.pending).toBe(0);
  });

  it("cancels a stream that nobody is reading at the moment", async () => {
    const tap = createTap();
    tap.say("a");
    const gateway = createGateway({ answers: [() => tap.response()] });
    const { choices } = await gateway.run();
    await choices.next();
    gateway.leave();
    await settle();
    expect(tap.isCancelled).toBe(true);
    expect(gateway.clock.pending).toBe(0);
    await expect(choices.next()).rejects.toMatchObject({ kind: "client_closed" });
  });

  it("cancels an answer that is collected whole", async () => {
    const tap = createTap();
    tap.say("a");
    const gateway = createGateway({ answers: [() => tap.response()] });
    const started = gateway.start({}, { stream: false });
    await settle();
    gateway.leave();
    expect(await started.failure()).toMatchObject({ kind: "client_closed" });
    await settle();
    expect(tap.isCancelled).toBe(true);
  });

  it("ends the wait before a repeat", async () => {
    const gateway = createGateway({ answers: [refusal(429, 3040)], random: 0.99 });
    const started = gateway.start();
    await settle();
    expect(gateway.clock.pending).toBe(1);
    gateway.leave();
    await started.failure();
    expect(gateway.clock.pending).toBe(0);
    await gateway.clock.advance(60_000);
    expect(gateway.binding.calls).toHaveLength(1);
  });

  it("cancels all choices, those that answer and those that do not yet", async () => {
    const [first, second] = [createTap(), createTap()];
    first.say("a");
    const gateway = createGateway({ answers: [() => first.response(), () => second.response(), silence] });
    const started = gateway.start({ n: 3 });
    await settle();
    gateway.leave();
    expect(await started.failure()).toMatchObject({ kind: "client_closed" });
    await settle();
    expect([first.isCancelled, second.isCancelled]).toEqual([true, true]);
    expect(gateway.binding.calls.every(({ options }) => options.signal.aborted)).toBe(true);
    expect(gateway.clock.pending).toBe(0);
  });

  it("cancels the second try of an answer that was not JSON", async () => {
    const gateway = createGateway({ answers: [whole("Sure!"), silence] });
    const started = gateway.start({ response_format: { type: "json_object" } });
    await settle();
    expect(gateway.binding.calls).toHaveLength(2);
    gateway.leave();
    expect(await started.failure()).toMatchObject({ kind: "client_closed" });
    expect(gateway.binding.calls[1]?.options.signal.aborted).toBe(true);
    expect(gateway.clock.pending).toBe(0);
  });

  it("before the call is made has nothing called", async () => {
    const gateway = createGateway({ answers: [whole("a")] });
    gateway.leave();
    expect(await failureOf(gateway.run())).toMatchObject({ kind: "client_closed" });
    expect(gateway.binding.calls).toEqual([]);
  });

  it("after the end changes nothing", async () => {
    const gateway = createGateway({ answers: [whole("a")] });
    const { choices } = await gateway.run();
    for (let batch = await choices.next(); batch !== undefined;) batch = await choices.next();
    gateway.leave();
    await settle();
    expect(gateway.binding.calls[0]?.options.signal.aborted).toBe(false);
    expect(await choices.next()).toBeUndefined();
  });
});

describe("an answer that is cancelled", () => {
  it("cancels its upstream, twice as well as once, and leaves no timer", async () => {
    const tap = createTap();
    tap.say("a");
    const gateway = createGateway({ answers: [() => tap.response()] });
    const { choices } = await gateway.run();
    choices.cancel("gone");
    choices.cancel("gone");
    await settle();
    expect(tap.isCancelled).toBe(true);
    expect(gateway.clock.pending).toBe(0);
  });
});
