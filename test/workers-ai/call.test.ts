import { describe, expect, it, vi } from "vitest";
import type { AiBinding } from "../../src/workers-ai/binding.ts";
import { callModel, isFromCache } from "../../src/workers-ai/call.ts";
import type { UpstreamCall } from "../../src/workers-ai/call.ts";

const call: UpstreamCall = { model: "@cf/x/y", inputs: { prompt: "a" }, extraHeaders: {}, rejectIfBusy: false };

/** A binding that gives this answer. */
function bindingOf(response: Response): AiBinding {
  return { run: async () => response };
}

function callFor(response: Response) {
  return callModel(bindingOf(response), call, new AbortController().signal);
}

/** A body of these chunks, each pulled when it is asked for, which is cancelled or ends behind the last. */
function toPulledBody(chunks: readonly Uint8Array[]) {
  const state = { pulls: 0, isCancelled: false };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const chunk = chunks[state.pulls];
        state.pulls += 1;
        if (chunk === undefined) controller.close();
        else controller.enqueue(chunk);
      },
      cancel() {
        state.isCancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { body, state };
}

describe("an answer", () => {
  it.each([
    ["HIT", true],
    ["hit", true],
    ["MISS", false],
    ["", false],
    [undefined, false],
  ])("with the cache status %j is an earlier one: %j", (status, expected) => {
    expect(isFromCache(new Headers(status === undefined ? {} : { "cf-aig-cache-status": status }))).toBe(expected);
  });

  it("is given on with its headers and a body that nobody has read", async () => {
    const answer = await callFor(new Response("a", { headers: { "x-a": "b" } }));
    expect(answer.headers.get("x-a")).toBe("b");
    expect(new TextDecoder().decode(await answer.readWhole())).toBe("a");
  });

  it("may be read as it comes", async () => {
    const answer = await callFor(new Response("a"));
    expect(await new Response(answer.openBody()).text()).toBe("a");
  });

  it.each([null, "a"])("to a call that was cancelled is that of a client that left (body %j)", async (body) => {
    const controller = new AbortController();
    const run = vi.fn<AiBinding["run"]>(async () => {
      controller.abort();
      return new Response(body);
    });
    await expect(callModel({ run }, call, controller.signal)).rejects.toMatchObject({ kind: "client_closed" });
    expect(run).toHaveBeenCalledOnce();
  });
});

describe("an error answer", () => {
  it.each([
    ["0", 0],
    ["1.5", 1.5],
    ["-1", undefined],
    ["Infinity", undefined],
    [undefined, undefined],
  ])("that says to wait %j seconds is a failure with %j", async (value, expected) => {
    const headers = new Headers(value === undefined ? {} : { "retry-after": value });
    await expect(callFor(new Response("", { status: 429, headers }))).rejects.toMatchObject({
      kind: "out_of_capacity",
      retryAfterSeconds: expected,
    });
  });

  it("without a body is read by its status", async () => {
    await expect(callFor(new Response(null, { status: 429 }))).rejects.toMatchObject({ kind: "out_of_capacity" });
  });

  it("is read whole, wherever the network cuts it", async () => {
    const bytes = new TextEncoder().encode('{"internalCode":5006,"description":"é is no number"}');
    const chunks = Array.from(bytes, (byte) => Uint8Array.of(byte));
    const { body, state } = toPulledBody(chunks);
    await expect(callFor(new Response(body, { status: 400 }))).rejects.toMatchObject({
      kind: "invalid_request",
      message: "Workers AI refused the request: é is no number",
    });
    expect(state.isCancelled).toBe(false);
  });

  it("is read to 64 KiB and no further", async () => {
    const { body, state } = toPulledBody([new Uint8Array(64 * 1024), new Uint8Array(1)]);
    await expect(callFor(new Response(body, { status: 500 }))).rejects.toMatchObject({ kind: "upstream_failed" });
    expect(state).toEqual({ pulls: 1, isCancelled: true });
  });

  it("is read on below 64 KiB", async () => {
    const { body, state } = toPulledBody([new Uint8Array(64 * 1024 - 1)]);
    await expect(callFor(new Response(body, { status: 500 }))).rejects.toMatchObject({ kind: "upstream_failed" });
    expect(state).toEqual({ pulls: 2, isCancelled: false });
  });
});
