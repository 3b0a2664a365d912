import { afterEach, describe, expect, it, vi } from "vitest";
import type { AiBinding } from "../../src/workers-ai/binding.ts";
import { createBinding } from "../support/binding.ts";
import { readError } from "../support/error-answer.ts";
import { createFaultGateway, readAnswer, SAID } from "./fault-gateway.ts";

afterEach(() => {
  vi.useRealTimers();
});

const modes = [true, false];

/** A body that never ends, and how much of it was taken. */
function createEndless(start: string, piece: string) {
  const encoder = new TextEncoder();
  const state = { bytes: 0, isCancelled: false };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const bytes = encoder.encode(state.bytes === 0 ? start : piece);
        state.bytes += bytes.length;
        controller.enqueue(bytes);
      },
      cancel() {
        state.isCancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { body, state };
}

describe("a call of Workers AI", () => {
  it.each<[string, unknown]>([
    ["without a run", {}],
    ["whose run is no function", { run: "run" }],
  ])("C1: a binding %s is a 500", async (_fact, binding) => {
    const response = await createFaultGateway({ binding: binding as AiBinding }).ask("no-done");
    expect(await readError(response)).toMatchObject({ status: 500, type: "server_error" });
  });

  it.each([
    ["bad-input", 400, null],
    ["bad-input-list", 400, null],
    ["invalid-input", 400, null],
    ["too-long", 400, "context_length_exceeded"],
    ["too-large", 413, "request_too_large"],
    ["flagged", 400, "content_policy_violation"],
    ["unknown-model", 404, "model_not_found"],
    ["invalid-model-id", 404, "model_not_found"],
  ])("C2: %s is a %i, whose message shows no upstream name", async (name, status, code) => {
    for (const stream of modes) {
      const error = await readError(await createFaultGateway().ask(name, { stream }));
      expect(error).toMatchObject({ status, type: "invalid_request_error", code });
      expect(error.message).not.toMatch(/AiError|internalCode|oneOf/);
    }
  });

  it.each(["unauthorized", "forbidden", "account-blocked"])(
    "C3: %s tells the caller nothing about the caller's own key",
    async (name) => {
      for (const stream of modes) {
        const error = await readError(await createFaultGateway().ask(name, { stream }));
        expect(error.status).not.toBe(401);
        expect(error.code).not.toBe("invalid_api_key");
        expect(error.message).not.toMatch(/token|API key/i);
      }
    },
  );

  it("C3: a 401 and a 403 without a number are a 502", async () => {
    for (const status of [401, 403]) {
      const binding = createBinding(() => new Response("no", { status }));
      expect(await readError(await createFaultGateway({ binding }).ask("no-done"))).toMatchObject({ status: 502 });
    }
  });

  it("C4: a refusal for capacity is a 429 with the upstream's own retry-after", async () => {
    const response = await createFaultGateway().ask("out-of-capacity-retry-after");
    expect(response.headers.get("retry-after")).toBe("7");
    expect(await readError(response)).toMatchObject({
      status: 429,
      type: "rate_limit_error",
      code: "rate_limit_exceeded",
    });
  });

  it.each(["html-error", "text-error", "empty-error", "huge-error-body", "array-error"])(
    "C5: %s is a 5xx that copies nothing of the body",
    async (name) => {
      for (const stream of modes) {
        const error = await readError(await createFaultGateway().ask(name, { stream }));
        expect(error.status).toBe(502);
        expect(error.message).not.toMatch(/<|Ray|connect error|xxx/);
        expect(error.message.length).toBeLessThan(200);
      }
    },
  );

  it("C5: an error body that never ends is read for 64 KiB and given back", async () => {
    const { body, state } = createEndless("<html>", "x".repeat(4096));
    const binding = createBinding(() => new Response(body, { status: 500 }));
    expect(await readError(await createFaultGateway({ binding }).ask("no-done"))).toMatchObject({ status: 502 });
    expect(state).toMatchObject({ isCancelled: true });
    expect(state.bytes).toBeLessThan(80 * 1024);
  });

  it("C6: a lost connection is a 502, or is not noticed where a second attempt holds", async () => {
    for (const stream of modes) {
      expect(await readError(await createFaultGateway().ask("connection-lost", { stream }))).toMatchObject({
        status: 502,
      });
      const gateway = createFaultGateway({ vars: { MAX_ATTEMPTS: "2" } });
      const response = await gateway.ask("connection-lost-then-ok", { stream });
      expect(response.headers.get("x-flaregate-attempts")).toBe("2");
      expect(await readAnswer(response)).toMatchObject({ end: "complete", text: SAID });
    }
  });

  it.each([
    ["no-answer", true],
    ["no-answer", false],
    ["silent-stream", true],
  ])("C7: %s is a 504 after the limit, and the call is aborted (stream %s)", async (name, stream) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    const gateway = createFaultGateway({ vars: { FIRST_TOKEN_TIMEOUT_MS: "7000", RESPONSE_TIMEOUT_MS: "7000" } });
    const answer = gateway.ask(name, { stream });
    const isOver = vi.fn<() => void>();
    void answer.then(isOver);
    await vi.advanceTimersByTimeAsync(6900);
    expect(isOver).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(200);
    expect(await readError(await answer)).toMatchObject({ status: 504, code: "timeout" });
    expect(gateway.open).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("C8: a client that leaves while it waits has the call aborted, and no timer is left", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    for (const stream of modes) {
      const client = new AbortController();
      const called = Promise.withResolvers<AbortSignal>();
      const binding: AiBinding = {
        run(_model, _inputs, { signal }) {
          called.resolve(signal);
          return new Promise(() => undefined);
        },
      };
      const answer = createFaultGateway({ binding }).ask("no-done", { stream }, { signal: client.signal });
      const signal = await called.promise;
      client.abort();
      await expect(answer.then(({ status }) => status)).resolves.toBe(408);
      expect(signal.aborted).toBe(true);
      expect(vi.getTimerCount()).toBe(0);
    }
  });

  it.each(["throws-undefined", "throws-string", "throws-getter", "connection-lost"])(
    "C9: %s is a 502 that shows nothing of it",
    async (name) => {
      for (const stream of modes) {
        const error = await readError(await createFaultGateway().ask(name, { stream }));
        expect(error).toMatchObject({ status: 502, message: "The connection to Workers AI failed." });
      }
    },
  );
});

describe("an answer in a shape that nobody asked for", () => {
  it.each(["not-streamed", "not-streamed-openai"])("C10: %s, where a stream was asked, is a stream", async (name) => {
    const response = await createFaultGateway().ask(name);
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    expect(await readAnswer(response)).toEqual({ end: "complete", text: SAID, finish: "stop" });
  });

  it("C11: a stream where JSON was asked is collected into one answer", async () => {
    const answer = await readAnswer(await createFaultGateway().ask("streamed", { stream: false }));
    expect(answer).toEqual({ end: "complete", text: SAID, finish: "stop" });
  });

  it("C11: a stream that never ends where JSON was asked is a 502 at a limit, and is given back", async () => {
    const record = `data: {"response":"${"x".repeat(60_000)}"}\n\n`;
    const { body, state } = createEndless(record, record);
    const binding = createBinding(() => new Response(body));
    const response = await createFaultGateway({ binding }).ask("no-done", { stream: false });
    expect(await readError(response)).toMatchObject({ status: 502 });
    expect(state.isCancelled).toBe(true);
    expect(state.bytes).toBeLessThan(40 * 1024 * 1024);
  });

  it("C11: a hundred thousand events in one network chunk are one answer", async () => {
    const text = `${'data: {"response":"a"}\n\n'.repeat(200_000)}data: [DONE]\n\n`;
    const gateway = createFaultGateway({ binding: createBinding(() => new Response(text)) });
    const answer = await readAnswer(await gateway.ask("no-done", { stream: false }));
    expect(answer).toMatchObject({ end: "complete", text: "a".repeat(200_000) });
  });

  it.each(["charset-json", "upper-case-json", "no-content-type"])("C12: %s is read as JSON", async (name) => {
    const answer = await readAnswer(await createFaultGateway().ask(name, { stream: false }));
    expect(answer).toEqual({ end: "complete", text: SAID, finish: "stop" });
  });

  it.each([
    ["response-number", "42"],
    ["response-boolean", "true"],
    ["response-object", '{"answer":42}'],
    ["response-array", '[1,"two"]'],
    ["response-null", ""],
    ["response-missing", ""],
  ])("C13: %s is a content that is a text", async (name, text) => {
    const answer = await readAnswer(await createFaultGateway().ask(name, { stream: false }));
    expect(answer).toEqual({ end: "complete", text, finish: "stop" });
  });

  it.each(["missing-usage", "partial-usage", "negative-usage", "text-usage"])(
    "C13: %s is a usage of whole numbers, or none",
    async (name) => {
      for (const stream of modes) {
        const answer = await readAnswer(await createFaultGateway().ask(name, { stream }));
        expect(answer).toMatchObject({ end: "complete", text: SAID });
      }
    },
  );

  it.each(["cut-json", "text-body", "empty-body"])("C14: %s is a 502", async (name) => {
    expect(await readError(await createFaultGateway().ask(name, { stream: false }))).toMatchObject({ status: 502 });
  });

  it("C14: JSON that never ends is read for 16 MiB, is a 502, and is given back", async () => {
    for (const stream of modes) {
      const { body, state } = createEndless('{"response":"', "x".repeat(256 * 1024));
      const binding = createBinding(() => new Response(body));
      expect(await readError(await createFaultGateway({ binding }).ask("no-done", { stream }))).toMatchObject({
        status: 502,
      });
      expect(state.isCancelled).toBe(true);
      expect(state.bytes).toBeLessThan(17 * 1024 * 1024);
    }
  });

  it.each(["dual-copies", "late-copies"])("C15: %s are read once", async (name) => {
    for (const stream of modes) {
      const answer = await readAnswer(await createFaultGateway().ask(name, { stream }));
      expect(answer).toEqual({ end: "complete", text: SAID, finish: "stop" });
    }
  });
});
