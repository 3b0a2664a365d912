import { afterEach, describe, expect, it, vi } from "vitest";
import { captureConsole } from "../support/console-lines.ts";
import { createBinding } from "../support/binding.ts";
import { createTap } from "../gateway/scripted-binding.ts";
import { createFaultGateway, readAnswer, SAID } from "./fault-gateway.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("a stream that ends wrongly", () => {
  it.each(["half-event", "cut-stream"])("D5, D8: %s is an error record behind what was said", async (name) => {
    const answer = await readAnswer(await createFaultGateway().ask(name));
    expect(answer).toMatchObject({ end: "broken", error: { type: "server_error" } });
    expect(answer.end === "broken" && SAID.startsWith(answer.text)).toBe(true);
  });

  it("D5: a last event that is whole but not closed counts", async () => {
    const text = 'data: {"response":"Hi"}\n\ndata: {"response":"","usage":{"prompt_tokens":1,"completion_tokens":1}}';
    const gateway = createFaultGateway({ binding: createBinding(() => new Response(text)) });
    expect(await readAnswer(await gateway.ask("no-done"))).toEqual({ end: "complete", text: "Hi", finish: "stop" });
  });

  it.each(["malformed-frame", "html-frame"])("D6: %s, which never was an event, is skipped", async (name) => {
    const answer = await readAnswer(await createFaultGateway().ask(name));
    expect(answer).toEqual({ end: "complete", text: SAID, finish: "stop" });
  });

  it("D6: a damaged event is an error record without its text, and the upstream is cancelled", async () => {
    const gateway = createFaultGateway();
    const answer = await readAnswer(await gateway.ask("damaged-json-frame"));
    expect(answer.end).toBe("broken");
    expect(JSON.stringify(answer)).not.toContain("lost");
    expect(gateway.outcomes).toEqual(["cancelled"]);
  });

  it.each(["error-frame", "error-frame-then-done", "error-list-frame", "error-body-frame", "error-event"])(
    "D7: %s is an error record, and no stop",
    async (name) => {
      const answer = await readAnswer(await createFaultGateway().ask(name));
      expect(answer.end).toBe("broken");
      expect(JSON.stringify(answer)).not.toMatch(/stopped unexpectedly|3040|3043/);
    },
  );

  it("D7: an error as the first event is a status", async () => {
    expect(await readAnswer(await createFaultGateway().ask("error-frame-first"))).toMatchObject({ end: "refused" });
  });

  it.each(["finish-then-cut", "finish-then-reset", "no-done", "done-then-reset"])(
    "D8: %s, behind a finish, is complete",
    async (name) => {
      const answer = await readAnswer(await createFaultGateway().ask(name));
      expect(answer).toEqual({ end: "complete", text: SAID, finish: "stop" });
    },
  );

  it("D9: a reset in the middle is an error record", async () => {
    expect(await readAnswer(await createFaultGateway().ask("reset-mid-stream"))).toMatchObject({ end: "broken" });
  });

  it("D9: a reset before the first event is repeated, falls back, and is a 502 in the end", async () => {
    const twice = createFaultGateway({ vars: { MAX_ATTEMPTS: "2" } });
    const repeated = await twice.ask("cut-before-first-then-ok");
    expect(repeated.headers.get("x-flaregate-attempts")).toBe("2");
    expect(await readAnswer(repeated)).toMatchObject({ end: "complete", text: SAID });
    const other = await twice.ask("cut-before-first", { models: ["@emulator/no-done"] });
    expect(other.headers.get("x-flaregate-model")).toBe("@emulator/no-done");
    expect(await readAnswer(other)).toMatchObject({ end: "complete", text: SAID });
    const refused = await readAnswer(await twice.ask("cut-before-first"));
    expect(refused).toMatchObject({ end: "refused", error: { status: 502 } });
  });

  it("D10: a stall is an error record after the limit; the upstream is cancelled and no timer is left", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    const gateway = createFaultGateway({ vars: { STALL_TIMEOUT_MS: "9000" } });
    const response = await gateway.ask("stall");
    const text = readAnswer(response);
    await vi.advanceTimersByTimeAsync(8900);
    expect(gateway.open).toBe(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(await text).toMatchObject({ end: "broken", error: { code: "timeout" } });
    expect(gateway.outcomes).toEqual(["cancelled"]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each(["after-done", "double-done", "done-then-stall"])(
    "D11: what follows [DONE] is not read: %s",
    async (name) => {
      const gateway = createFaultGateway();
      const answer = await readAnswer(await gateway.ask(name));
      expect(answer).toEqual({ end: "complete", text: SAID, finish: "stop" });
      await vi.waitFor(() => expect(gateway.open).toBe(0));
    },
  );

  it("D11: [DONE] and nothing else is an empty answer", async () => {
    const answer = await readAnswer(await createFaultGateway().ask("done-first"));
    expect(answer).toEqual({ end: "complete", text: "", finish: "stop" });
  });

  it.each(["empty-stream", "comment-stream", "empty-body"])(
    "D12: %s is a 502, or the next model's answer",
    async (name) => {
      const gateway = createFaultGateway({ vars: { MAX_ATTEMPTS: "2" } });
      expect(await readAnswer(await gateway.ask(name))).toMatchObject({ end: "refused", error: { status: 502 } });
      const answer = await readAnswer(await gateway.ask(name, { models: ["@emulator/no-done"] }));
      expect(answer).toMatchObject({ end: "complete", text: SAID });
    },
  );
});

describe("a failure of the gateway's own", () => {
  it("D27: in the renderer it is an error record; the upstream is cancelled, and the log says it once", async () => {
    const lines = captureConsole();
    const tap = createTap();
    tap.say("Hello");
    const gateway = createFaultGateway({
      binding: createBinding(() => tap.response()),
      vars: { STREAM_WINDOW_MS: "0" },
    });
    const response = await gateway.ask("no-done");
    const stringify = JSON.stringify.bind(JSON);
    vi.spyOn(JSON, "stringify").mockImplementation((value: unknown) => {
      if (value === "BUG") throw new TypeError("a bug of ours");
      return stringify(value);
    });
    tap.frame({ choices: [{ delta: { content: "BUG" } }] });
    const answer = await readAnswer(response);
    expect(answer).toMatchObject({ end: "broken", text: "Hello", error: { type: "server_error" } });
    expect(stringify(answer)).not.toContain("a bug of ours");
    expect(tap.isCancelled).toBe(true);
    expect(lines.filter((line) => line.includes('"event":"failure"'))).toHaveLength(1);
  });

  it("D27: in a transform before the first byte it is a 500, and the upstream is cancelled", async () => {
    const tap = createTap();
    tap.say('<tool_call>{"name": "get_weather", "arguments": {"city": "Paris"}}</tool_call>');
    const tools = [
      { type: "function", function: { name: "get_weather", parameters: { type: "object", properties: {} } } },
    ];
    const gateway = createFaultGateway({ binding: createBinding(() => tap.response()) });
    vi.spyOn(String, "fromCharCode").mockImplementation(() => {
      throw new TypeError("a bug of ours");
    });
    const answer = await readAnswer(await gateway.ask("no-done", { tools }));
    expect(answer).toMatchObject({ end: "refused", error: { status: 500 } });
    expect(tap.isCancelled).toBe(true);
  });
});
