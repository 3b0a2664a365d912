import { describe, expect, it, vi } from "vitest";
import { readFrom } from "../../src/stream/source.ts";
import { startAttempt } from "../../src/workers-ai/attempt.ts";
import type { Attempt } from "../../src/workers-ai/attempt.ts";
import type { AiBinding, RunOptions } from "../../src/workers-ai/binding.ts";
import { createCounter, readOutcome, summarise } from "../completion/outcome.ts";

const attempt: Attempt = {
  model: "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
  inputs: { messages: [], stream: true },
  maxTokens: undefined,
  wantsLogprobs: true,
  rejectIfBusy: false,
  extraHeaders: { "x-session-affinity": "a" },
  mintToolCallId: createCounter(),
};

function bindingOf(run: (options: RunOptions) => Promise<Response>): AiBinding {
  return { run: (_model, _inputs, options) => run(options) };
}

describe("an attempt", () => {
  it("calls the model at the first read, in raw mode, with a signal of its own", async () => {
    const run = vi.fn<AiBinding["run"]>(async () => new Response('{"response":"a"}'));
    const stream = startAttempt({ run }, attempt);
    expect(run).not.toHaveBeenCalled();
    expect(summarise(await readOutcome(stream))).toEqual({ text: "a", finish: "stop" });
    expect(run).toHaveBeenCalledExactlyOnceWith(attempt.model, attempt.inputs, {
      returnRawResponse: true,
      signal: expect.any(AbortSignal),
      extraHeaders: { "x-session-affinity": "a" },
    });
  });

  it("asks to be refused at once where it may not wait for capacity", async () => {
    const run = vi.fn<AiBinding["run"]>(async () => new Response('{"response":"a"}'));
    await readOutcome(startAttempt({ run }, { ...attempt, rejectIfBusy: true }));
    expect(run.mock.calls[0]?.[2]).toMatchObject({ rejectIfBusy: true });
  });

  it.each(["application/json; charset=utf-8", "APPLICATION/JSON", "text/event-stream", ""])(
    "reads JSON and streams whatever the content type says (%s)",
    async (type) => {
      const headers = { "content-type": type };
      for (const body of ['{"response":"a"}', 'data: {"response":"a"}\n\ndata: [DONE]\n\n']) {
        const stream = startAttempt(
          bindingOf(async () => new Response(body, { headers })),
          attempt,
        );
        expect(summarise(await readOutcome(stream))).toEqual({ text: "a", finish: "stop" });
      }
    },
  );

  it("fails on an answer without a body", async () => {
    const stream = startAttempt(
      bindingOf(async () => new Response(null)),
      attempt,
    );
    expect((await readOutcome(stream)).failure).toMatchObject({ kind: "upstream_failed", retryable: true });
  });

  it("fails where there is no binding", async () => {
    for (const binding of [undefined, {}]) {
      const stream = startAttempt(binding as unknown as AiBinding, attempt);
      expect((await readOutcome(stream)).failure?.kind).toBe("misconfigured");
    }
  });

  it("reads the error of an answer, and how long to wait", async () => {
    const body = JSON.stringify({ internalCode: 3040, name: "AiError", description: "Capacity temporarily exceeded" });
    const response = () => new Response(body, { status: 429, headers: { "retry-after": "3" } });
    const { failure } = await readOutcome(
      startAttempt(
        bindingOf(async () => response()),
        attempt,
      ),
    );
    expect(failure).toMatchObject({ kind: "out_of_capacity", retryAfterSeconds: 3, upstreamCode: 3040 });
  });

  it.each(["soon", "-1", "Wed, 21 Oct 2026 07:28:00 GMT"])(
    "leaves out a time to wait that is no number of seconds (%s)",
    async (value) => {
      const response = () => new Response("", { status: 503, headers: { "retry-after": value } });
      const { failure } = await readOutcome(
        startAttempt(
          bindingOf(async () => response()),
          attempt,
        ),
      );
      expect(failure).toMatchObject({ kind: "upstream_failed", retryAfterSeconds: undefined });
    },
  );

  it("reads no more of an error's body than a message needs", async () => {
    const state = { pulls: 0, isCancelled: false };
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        state.pulls += 1;
        controller.enqueue(new Uint8Array(16 * 1024).fill(0x20));
      },
      cancel() {
        state.isCancelled = true;
      },
    });
    const stream = startAttempt(
      bindingOf(async () => new Response(body, { status: 500 })),
      attempt,
    );
    expect((await readOutcome(stream)).failure?.kind).toBe("upstream_failed");
    expect(state.pulls).toBeLessThan(8);
    expect(state.isCancelled).toBe(true);
  });

  it("keeps the status of an error whose body breaks off", async () => {
    const body = new ReadableStream({
      pull(controller) {
        controller.error(new Error("lost"));
      },
    });
    const stream = startAttempt(
      bindingOf(async () => new Response(body, { status: 429 })),
      attempt,
    );
    expect((await readOutcome(stream)).failure?.kind).toBe("out_of_capacity");
  });

  it("reports what the binding throws", async () => {
    const stream = startAttempt(
      bindingOf(async () => Promise.reject(new Error("AiError: 3040: busy"))),
      attempt,
    );
    expect((await readOutcome(stream)).failure?.kind).toBe("out_of_capacity");
  });

  it("may be read with callbacks", async () => {
    const stream = startAttempt(
      bindingOf(async () => new Response('{"response":"a"}')),
      attempt,
    );
    const read = () => new Promise((take, fail) => readFrom(stream, take, fail));
    expect(await read()).toEqual([
      { type: "text-delta", text: "a" },
      { type: "finish", reason: "stop" },
    ]);
    expect(await read()).toBeUndefined();
  });

  it("fails with a callback", async () => {
    const stream = startAttempt(
      bindingOf(async () => new Response("", { status: 429 })),
      attempt,
    );
    const read = new Promise((take, fail) => readFrom(stream, take, fail));
    await expect(read).rejects.toMatchObject({ kind: "out_of_capacity" });
  });

  it.each([
    ["HIT", true],
    ["MISS", false],
  ])("tells whether its answer is an earlier one, once it is there (%s)", async (status, expected) => {
    const headers = { "cf-aig-cache-status": status };
    const stream = startAttempt(
      bindingOf(async () => new Response('{"response":"a"}', { headers })),
      attempt,
    );
    expect(stream.isFromCache()).toBe(false);
    await stream.next();
    expect(stream.isFromCache()).toBe(expected);
  });

  it("aborts a pending call when it is cancelled", async () => {
    let signal: AbortSignal | undefined;
    const binding = bindingOf(async (options) => {
      signal = options.signal;
      return new Promise<Response>((_resolve, reject) => {
        options.signal.addEventListener("abort", () => reject(options.signal.reason as Error));
      });
    });
    const stream = startAttempt(binding, attempt);
    const pending = readOutcome(stream);
    stream.cancel(new Error("gone"));
    stream.cancel(new Error("gone"));
    expect((await pending).failure).toBeDefined();
    expect(signal?.aborted).toBe(true);
  });

  it("gives back an answer that comes after it was cancelled", async () => {
    const answered = Promise.withResolvers<Response>();
    const cancelled = vi.fn<() => void>();
    const stream = startAttempt(
      bindingOf(async () => answered.promise),
      attempt,
    );
    const pending = readOutcome(stream);
    stream.cancel("gone");
    answered.resolve(new Response(new ReadableStream({ cancel: cancelled })));
    expect((await pending).failure?.kind).toBe("client_closed");
    expect(cancelled).toHaveBeenCalledOnce();
  });
});
