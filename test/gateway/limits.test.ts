import { describe, expect, it } from "vitest";
import { createTap, silence, stream, whole } from "./scripted-binding.ts";
import type { Answer, Tap } from "./scripted-binding.ts";
import { settle } from "../support/fake-clock.ts";
import { createGateway, failureOf } from "./support.ts";

/** A stream that says these texts and then nothing more; the call does not react to being aborted. */
function stalling(...texts: readonly string[]): { readonly tap: Tap; readonly answer: Answer } {
  const tap = createTap();
  for (const text of texts) tap.say(text);
  return { tap, answer: () => tap.response() };
}

const once = { MAX_ATTEMPTS: 1 };

describe("a limit fires although the read does not react", () => {
  it("of the first token, for a stream", async () => {
    const gateway = createGateway({ answers: [silence], config: { ...once, FIRST_TOKEN_TIMEOUT_MS: 1000 } });
    const started = gateway.start();
    await gateway.clock.advance(999);
    expect(gateway.binding.calls[0]?.options.signal.aborted).toBe(false);
    await gateway.clock.advance(1);
    expect(await started.failure()).toMatchObject({ kind: "upstream_timeout", retryable: true });
    expect(gateway.binding.calls[0]?.options.signal.aborted).toBe(true);
    expect(gateway.clock.pending).toBe(0);
  });

  it("of the first token, also where the answer's head has come", async () => {
    const { tap, answer } = stalling();
    const gateway = createGateway({ answers: [answer], config: { ...once, FIRST_TOKEN_TIMEOUT_MS: 1000 } });
    const started = gateway.start();
    await gateway.clock.advance(1000);
    expect(await started.failure()).toMatchObject({ kind: "upstream_timeout" });
    await settle();
    expect(tap.isCancelled).toBe(true);
  });

  it("of the whole response, where no stream was asked", async () => {
    const config = { ...once, FIRST_TOKEN_TIMEOUT_MS: 10, RESPONSE_TIMEOUT_MS: 1000 };
    const gateway = createGateway({ answers: [silence], config });
    const started = gateway.start({}, { stream: false });
    await gateway.clock.advance(999);
    expect(gateway.clock.pending).toBe(1);
    await gateway.clock.advance(1);
    expect(await started.failure()).toMatchObject({ kind: "upstream_timeout" });
    expect(gateway.clock.pending).toBe(0);
  });

  it("of a stall, between two events", async () => {
    const { tap, answer } = stalling("Hel");
    const gateway = createGateway({ answers: [answer], config: { STALL_TIMEOUT_MS: 1000 } });
    const { choices } = await gateway.run();
    await choices.next();
    const pending = failureOf(choices.next());
    await gateway.clock.advance(999);
    expect(tap.isCancelled).toBe(false);
    await gateway.clock.advance(1);
    expect(await pending).toMatchObject({ kind: "upstream_timeout", message: "The model stopped answering." });
    await settle();
    expect(tap.isCancelled).toBe(true);
    expect(gateway.clock.pending).toBe(0);
  });

  it("of the whole request, over attempts and events", async () => {
    const { answer, tap } = stalling("Hel");
    const config = { REQUEST_TIMEOUT_MS: 3000, STALL_TIMEOUT_MS: 2000, FIRST_TOKEN_TIMEOUT_MS: 2000 };
    const gateway = createGateway({ answers: [silence, answer], config });
    const started = gateway.start();
    await gateway.clock.advance(2500);
    const { choices } = await started.answer;
    await choices.next();
    const pending = failureOf(choices.next());
    await gateway.clock.advance(500);
    expect(await pending).toMatchObject({ kind: "upstream_timeout", retryable: false });
    await settle();
    expect(tap.isCancelled).toBe(true);
    expect(gateway.clock.pending).toBe(0);
  });

  it("of the whole request, which no other model is tried after", async () => {
    const config = { REQUEST_TIMEOUT_MS: 1000, MODEL_FALLBACKS: {} };
    const gateway = createGateway({ answers: [silence], config });
    const started = gateway.start({}, { models: ["@cf/google/gemma-4-26b-a4b-it", "@cf/openai/gpt-oss-20b"] });
    await gateway.clock.advance(1000);
    expect(await started.failure()).toMatchObject({ kind: "upstream_timeout" });
    expect(gateway.binding.calls).toHaveLength(1);
  });
});

describe("a limit does not fire", () => {
  it("for an answer that takes long and goes on", async () => {
    const tap = createTap();
    const gateway = createGateway({ answers: [() => tap.response()], config: { STALL_TIMEOUT_MS: 1000 } });
    const started = gateway.start();
    let read = 0;
    for (let second = 0; second < 20; second += 1) {
      tap.say("a");
      const { choices } = await started.answer;
      await choices.next();
      read += 1;
      await gateway.clock.advance(900);
    }
    expect(read).toBe(20);
  });

  it("for a reader that takes its time: the model is not waited for meanwhile", async () => {
    const { tap, answer } = stalling("a", "b", "c");
    const gateway = createGateway({ answers: [answer], config: { STALL_TIMEOUT_MS: 1000 } });
    const { choices } = await gateway.run();
    await choices.next();
    await gateway.clock.advance(100_000);
    expect(await choices.next()).toMatchObject({ events: [{ text: "b" }] });
    await gateway.clock.advance(100_000);
    tap.done();
    expect(await choices.next()).toMatchObject({ events: [{ text: "c" }] });
    expect(await choices.next()).toMatchObject({ events: [{ type: "usage" }, { type: "finish" }] });
    expect(await choices.next()).toBeUndefined();
    expect(gateway.clock.pending).toBe(0);
  });

  it("after the end: no timer is left", async () => {
    for (const [answer, isStream] of [
      [stream("a", "b"), true],
      [whole("a"), true],
      [whole("a"), false],
    ] as const) {
      const gateway = createGateway({ answers: [answer] });
      const { choices } = await gateway.run({}, { stream: isStream });
      for (let batch = await choices.next(); batch !== undefined;) batch = await choices.next();
      expect(gateway.clock.pending).toBe(0);
    }
  });
});
