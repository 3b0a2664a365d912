import { afterEach, describe, expect, it, vi } from "vitest";
import { createTap } from "../gateway/scripted-binding.ts";
import { createBinding } from "../support/binding.ts";
import { captureConsole } from "../support/console-lines.ts";
import { createFaultGateway, readAnswer, readStream } from "./fault-gateway.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function readerOf(response: Response): ReadableStreamDefaultReader<Uint8Array> {
  if (response.body === null) throw new Error("no body");
  return response.body.getReader();
}

/** Waits some turns of the event loop. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
}

/** A model that never stops saying the same. */
function createTalker(text: string) {
  const record = new TextEncoder().encode(`data: {"response":"${text}"}\n\n`);
  const state = { pulls: 0, isCancelled: false };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        state.pulls += 1;
        controller.enqueue(record);
      },
      cancel() {
        state.isCancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { binding: createBinding(() => new Response(body)), state };
}

function idsOf(text: string): ReadonlySet<string> {
  return new Set(text.match(/chatcmpl-\w+/g));
}

/** A request to a model that says nothing until it is told to; the clock is the test's. */
async function openSilent(headers: Record<string, string> = {}) {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  const tap = createTap();
  const vars = { FIRST_TOKEN_TIMEOUT_MS: "100000", STALL_TIMEOUT_MS: "100000" };
  const gateway = createFaultGateway({ binding: createBinding(() => tap.response()), vars });
  const authorization = "Bearer sk-test";
  return { tap, response: gateway.ask("no-done", {}, { headers: { ...headers, authorization } }) };
}

describe("a slow reader", () => {
  it("D15: that never reads has the upstream pulled once; one that stops, no further", async () => {
    for (const window of ["0", "10"]) {
      const { binding, state } = createTalker("x".repeat(64 * 1024));
      const response = await createFaultGateway({ binding, vars: { STREAM_WINDOW_MS: window } }).ask("no-done");
      await settle();
      expect(state.pulls).toBe(1);
      const reader = readerOf(response);
      for (let read = 0; read < 10; read += 1) await reader.read();
      await settle();
      expect(state.pulls).toBeLessThan(15);
      await reader.cancel();
      expect(state.isCancelled).toBe(true);
    }
  });

  it("D15: has no more small events read for it than one write merges", async () => {
    const { binding, state } = createTalker("a");
    const reader = readerOf(await createFaultGateway({ binding }).ask("no-done"));
    let written = 0;
    for (let read = 0; read < 5; read += 1) written += (await reader.read()).value?.length ?? 0;
    await settle();
    const pulls = state.pulls;
    await settle();
    expect(state.pulls).toBe(pulls);
    expect(written).toBeLessThan(5 * 68 * 1024);
    await reader.cancel();
  });

  it("D16: that pauses between its reads gets everything, in order", async () => {
    const reader = readerOf(await createFaultGateway().ask("many-events"));
    const decoder = new TextDecoder();
    let text = "";
    for (let part = await reader.read(), reads = 0; !part.done; part = await reader.read(), reads += 1) {
      text += decoder.decode(part.value, { stream: true });
      if (reads % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 12));
    }
    const expected = Array.from({ length: 2048 }, (_, index) => ` ${index % 10}`).join("");
    expect(readStream(text)).toEqual({ end: "complete", text: expected, finish: "stop" });
  });
});

describe("a reader that leaves", () => {
  it.each([
    ["its first chunk", 1, "cancelled"],
    ["half of the chunks", 1024, "cancelled"],
    ["the last one", Number.POSITIVE_INFINITY, "cancelled"],
  ])("D17: after %s closes the upstream at once, without an error in the log or a timer", async (_fact, reads, end) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const lines = captureConsole();
    const gateway = createFaultGateway({ vars: { STREAM_WINDOW_MS: "0" } });
    const reader = readerOf(await gateway.ask("many-events"));
    let isDone = false;
    for (let read = 0; read < reads && !isDone; read += 1) isDone = (await reader.read()).done;
    await reader.cancel("gone");
    // Behind `[DONE]` there is nothing to read: the connection is given back.
    expect(gateway.outcomes).toEqual([end]);
    expect(vi.getTimerCount()).toBe(0);
    expect(lines.filter((line) => line.includes('"event":"failure"'))).toEqual([]);
  });

  it("D18: in the very turn in which the upstream ends or breaks leaves one outcome and nothing pending", async () => {
    const lines = captureConsole();
    const endings = ["done", "fail"] as const;
    const leavings = ["reader", "signal", "both"] as const;
    for (const ending of endings) {
      for (const leaving of leavings) {
        for (const isFirst of [true, false]) {
          const tap = createTap();
          tap.say("a");
          const client = new AbortController();
          const gateway = createFaultGateway({ binding: createBinding(() => tap.response()) });
          const reader = readerOf(await gateway.ask("no-done", {}, { signal: client.signal }));
          await reader.read();
          const pending = reader.read().catch(() => undefined);
          const leave = (): void => {
            if (leaving !== "reader") client.abort();
            if (leaving !== "signal") void reader.cancel("gone");
          };
          if (isFirst) leave();
          tap[ending]();
          if (!isFirst) leave();
          await pending;
          await settle();
        }
      }
    }
    // A break that comes first is a failure that is told; a client that leaves first is none.
    expect(lines.filter((line) => line.includes('"internal"'))).toEqual([]);
  });
});

describe("several streams at once", () => {
  it("D26: share neither id, text nor usage, however their events alternate", async () => {
    const taps = [createTap(), createTap()];
    let calls = 0;
    const binding = createBinding(() => taps[calls++]?.response() ?? new Response(null));
    const gateway = createFaultGateway({ binding, vars: { STREAM_WINDOW_MS: "0" } });
    for (const [index, tap] of taps.entries()) tap.say(`start${index} `);
    const answers = await Promise.all(
      taps.map(() => gateway.ask("no-done", { stream_options: { include_usage: true, include_obfuscation: false } })),
    );
    const texts = answers.map((response) => response.text());
    for (let round = 0; round < 20; round += 1) {
      for (const [index, tap] of taps.entries()) tap.say(`${index}`);
      await settle();
    }
    taps[1]?.frame({ response: "", usage: { prompt_tokens: 7, completion_tokens: 70, total_tokens: 77 } });
    for (const tap of taps) tap.done();
    const [first = "", second = ""] = await Promise.all(texts);
    expect(first).toContain('"content":"start0 "');
    expect(first).not.toMatch(/start1|"content":"1"|"total_tokens":77/);
    expect(second).not.toMatch(/start0|"content":"0"/);
    expect(second).toContain('"total_tokens":77');
    expect([...idsOf(first)]).toHaveLength(1);
    expect(idsOf(first)).not.toEqual(idsOf(second));
  });
});

describe("the merge window", () => {
  it("D25: an end or an error goes out at once, behind everything that waits", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    for (const ending of ["done", "fail"] as const) {
      const tap = createTap();
      for (const text of ["a", "b", "c"]) tap.say(text);
      const binding = createBinding(() => tap.response());
      const response = await createFaultGateway({ binding, vars: { STREAM_WINDOW_MS: "1000" } }).ask("no-done");
      tap[ending]();
      // No time passes: nothing waits for the window.
      const answer = await readAnswer(response);
      expect(answer).toMatchObject({ end: ending === "done" ? "complete" : "broken", text: "abc" });
      expect(vi.getTimerCount()).toBeLessThanOrEqual(1);
    }
  });

  it("D25: a burst before a silence is out when the window ends", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    const tap = createTap();
    for (const text of ["a", "b", "c"]) tap.say(text);
    const binding = createBinding(() => tap.response());
    const reader = readerOf(await createFaultGateway({ binding, vars: { STREAM_WINDOW_MS: "50" } }).ask("no-done"));
    const decoder = new TextDecoder();
    let text = decoder.decode((await reader.read()).value);
    const second = reader.read();
    await vi.advanceTimersByTimeAsync(50);
    text += decoder.decode((await second).value);
    expect(text.match(/"content":"."/g)).toEqual(['"content":"a"', '"content":"b"', '"content":"c"']);
    await reader.cancel();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("keep-alive comments", () => {
  it("come after 15 seconds of silence, again and again, and never before the first event", async () => {
    const { tap, response } = await openSilent();
    const isAnswered = vi.fn<() => void>();
    void response.then(isAnswered);
    await vi.advanceTimersByTimeAsync(40_000);
    expect(isAnswered).not.toHaveBeenCalled();
    tap.say("a");
    const text = (await response).text();
    await vi.advanceTimersByTimeAsync(31_000);
    tap.say("b");
    tap.done();
    const body = await text;
    expect(body.startsWith("data: {")).toBe(true);
    expect(body.split("\n\n").filter((record) => record === ": keep-alive")).toHaveLength(2);
    expect(readStream(body)).toEqual({ end: "complete", text: "ab", finish: "stop" });
    expect(vi.getTimerCount()).toBe(0);
  });

  it("do not come where the client asks for none", async () => {
    const { tap, response } = await openSilent({ "x-flaregate-keep-alive": "false" });
    tap.say("a");
    const text = (await response).text();
    await vi.advanceTimersByTimeAsync(80_000);
    tap.done();
    expect(await text).not.toContain("keep-alive");
  });

  it("do not keep a stalled stream alive", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    const gateway = createFaultGateway({ vars: { STALL_TIMEOUT_MS: "40000" } });
    const text = (await gateway.ask("stall")).text();
    await vi.advanceTimersByTimeAsync(41_000);
    const body = await text;
    expect(body.match(/: keep-alive/g)).toHaveLength(2);
    expect(readStream(body)).toMatchObject({ end: "broken" });
    expect(vi.getTimerCount()).toBe(0);
  });
});
