import { APIConnectionTimeoutError, APIUserAbortError, InternalServerError } from "openai";
import { describe, expect, it } from "vitest";
import type { AiBinding } from "../../src/workers-ai/binding.ts";
import { createTestClient } from "./support/client.ts";
import { ask, LLAMA } from "./support/samples.ts";

const longQuestion = { model: LLAMA, messages: ask("Write a very long essay about trains."), max_tokens: 5000 };

/** Resolves with what the emulator says of the end of its stream, and how many milliseconds that took. */
function watchStreamEnd() {
  const { promise, resolve } = Promise.withResolvers<string>();
  return { outcome: promise, onStreamEnd: resolve };
}

/** A binding that answers nothing until its signal aborts. */
function createWaitingBinding(): { binding: AiBinding; aborted: Promise<void>; called: Promise<void> } {
  const called = Promise.withResolvers<void>();
  const aborted = Promise.withResolvers<void>();
  const binding: AiBinding = {
    run: (_model, _inputs, { signal }) => {
      called.resolve();
      return new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => {
          aborted.resolve();
          reject(signal.reason instanceof Error ? signal.reason : new Error("aborted"));
        });
      });
    },
  };
  return { binding, aborted: aborted.promise, called: called.promise };
}

async function within<Value>(milliseconds: number, promise: Promise<Value>): Promise<Value> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`not within ${milliseconds} ms`)), milliseconds);
  return Promise.race([promise, late.promise]).finally(() => clearTimeout(timer));
}

describe("a client that leaves", () => {
  it("cancels the upstream within a second while it streams", async () => {
    const { outcome, onStreamEnd } = watchStreamEnd();
    const { client } = createTestClient({ emulator: { tokensPerSecond: 50, onStreamEnd } });
    const stream = await client.chat.completions.create({ ...longQuestion, stream: true });
    let chunks = 0;
    for await (const chunk of stream) {
      expect(chunk.object).toBe("chat.completion.chunk");
      chunks += 1;
      if (chunks === 4) stream.controller.abort();
    }
    expect(await within(1000, outcome)).toBe("cancelled");
    expect(chunks).toBeLessThan(20);
  });

  it("cancels the upstream within a second by leaving the loop", async () => {
    const { outcome, onStreamEnd } = watchStreamEnd();
    const { client } = createTestClient({ emulator: { tokensPerSecond: 50, onStreamEnd } });
    const stream = await client.chat.completions.create({ ...longQuestion, stream: true });
    for await (const { choices } of stream) if (choices[0]?.delta.content) break;
    expect(await within(1000, outcome)).toBe("cancelled");
  });

  it("cancels the upstream within a second through the stream helper", async () => {
    const { outcome, onStreamEnd } = watchStreamEnd();
    const { client } = createTestClient({ emulator: { tokensPerSecond: 50, onStreamEnd } });
    const stream = client.chat.completions.stream(longQuestion);
    stream.once("content", () => stream.abort());
    await expect(stream.finalContent()).rejects.toThrow(APIUserAbortError);
    expect(stream.aborted).toBe(true);
    expect(await within(1000, outcome)).toBe("cancelled");
  });

  it("cancels the upstream before its first token", async () => {
    const { outcome, onStreamEnd } = watchStreamEnd();
    const { client } = createTestClient({ emulator: { timeToFirstTokenMs: 60_000, onStreamEnd } });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    const request = client.chat.completions.create({ ...longQuestion, stream: true }, { signal: controller.signal });
    await expect(request).rejects.toThrow(APIUserAbortError);
    expect(await within(1000, outcome)).toBe("cancelled");
  });

  it("aborts a call that has not answered yet", async () => {
    for (const stream of [true, false]) {
      const { binding, aborted, called } = createWaitingBinding();
      const { client } = createTestClient({ binding });
      const controller = new AbortController();
      const request = client.chat.completions.create({ ...longQuestion, stream }, { signal: controller.signal });
      const outcome = request.catch((error: unknown) => error);
      await called;
      controller.abort();
      expect(await outcome).toBeInstanceOf(APIUserAbortError);
      await within(1000, aborted);
    }
  });
});

describe("a request that takes too long", () => {
  it("raises APIConnectionTimeoutError on the client's side and aborts the upstream", async () => {
    const { binding, aborted } = createWaitingBinding();
    const { client } = createTestClient({ binding });
    const request = client.chat.completions.create(longQuestion, { timeout: 60 });
    await expect(request).rejects.toThrow(APIConnectionTimeoutError);
    await within(1000, aborted);
  });

  it("is answered with 504 and x-should-retry false after the gateway's own limit for the whole request", async () => {
    const { binding, aborted } = createWaitingBinding();
    const vars = { REQUEST_TIMEOUT_MS: "40" };
    const { client, exchanges } = createTestClient({ binding, vars }, { maxRetries: 2 });
    const error = await client.chat.completions.create(longQuestion).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InternalServerError);
    expect(error).toMatchObject({ status: 504, code: "timeout" });
    expect(exchanges.map(({ response }) => response.headers.get("x-should-retry"))).toEqual(["false"]);
    await within(1000, aborted);
  });

  it("is answered with 504 where the first token does not come in time", async () => {
    const { outcome, onStreamEnd } = watchStreamEnd();
    const emulator = { timeToFirstTokenMs: 60_000, onStreamEnd };
    const { client } = createTestClient({ emulator, vars: { FIRST_TOKEN_TIMEOUT_MS: "40", MAX_ATTEMPTS: "1" } });
    const request = client.chat.completions.create({ ...longQuestion, stream: true });
    await expect(request).rejects.toMatchObject({ status: 504 });
    expect(await within(1000, outcome)).toBe("cancelled");
  });
});
