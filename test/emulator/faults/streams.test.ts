import { describe, expect, it } from "vitest";
import { createEmulatorBinding } from "../../../src/emulator/binding.ts";
import { parseJson } from "../../../src/emulator/json-value.ts";
import { type StreamOutcome } from "../../../src/emulator/options.ts";
import { ASK, FAST, fault, records, streamedText, TEXT } from "./fault-support.ts";

describe("slow faults", () => {
  it("never answer, or never go on, until the signal aborts", async () => {
    for (const name of ["no-answer", "silent-stream", "stall"]) {
      const outcomes: StreamOutcome[] = [];
      const controller = new AbortController();
      const binding = createEmulatorBinding({ ...FAST, onStreamEnd: (outcome) => outcomes.push(outcome) });
      const read = binding
        .run(`@emulator/${name}`, { ...ASK, stream: true }, { returnRawResponse: true, signal: controller.signal })
        .then((response) => response.text());
      setTimeout(() => controller.abort(), 20);
      await expect(read).rejects.toMatchObject({ name: "AbortError" });
      expect(outcomes).toEqual(name === "no-answer" ? [] : ["cancelled"]);
    }
  });

  it("wait before the first token, or between tokens, and are sound", async () => {
    for (const name of ["slow-first-token", "slow-stream", "bursts"]) expect(await streamedText(name)).toBe(TEXT);
  });
});

describe("broken streams", () => {
  it("end without a finish or [DONE]", async () => {
    const data = await records("cut-stream");
    expect(data.length).toBeGreaterThan(1);
    expect(data.some((record) => record === "[DONE]" || /"finish_reason":"/.test(record))).toBe(false);
    expect(await records("empty-stream")).toEqual([]);
    expect((await records("finish-then-cut")).at(-1)).toContain('"finish_reason":"stop"');
    expect((await records("no-done")).at(-1)).not.toBe("[DONE]");
  });

  it("reset the connection", async () => {
    for (const name of ["cut-before-first", "reset-mid-stream", "finish-then-reset"]) {
      await expect((await fault(name, { ...ASK, stream: true })).text()).rejects.toThrow("Network connection lost.");
    }
  });

  it("hold the second time where they promise so", async () => {
    const binding = createEmulatorBinding(FAST);
    const read = async () => {
      const signal = new AbortController().signal;
      const response = await binding.run(
        "@emulator/cut-before-first-then-ok",
        { ...ASK, stream: true },
        { returnRawResponse: true, signal },
      );
      return response.text();
    };
    await expect(read()).rejects.toThrow("lost");
    expect(await read()).toContain("[DONE]");
    await expect(read()).rejects.toThrow("lost");
  });

  it("carry errors as events", async () => {
    expect((await records("error-frame")).at(-1)).toContain('{"error":');
    expect(await records("error-frame-first")).toHaveLength(1);
    expect(await records("malformed-frame")).toContain("ping");
    expect(
      (await records("damaged-json-frame")).filter((data) => data !== "[DONE]" && parseJson(data) === undefined),
    ).toHaveLength(1);
  });

  it("go on after [DONE]", async () => {
    expect((await records("after-done")).at(-1)).toContain("too late");
    expect((await records("double-done")).slice(-2)).toEqual(["[DONE]", "[DONE]"]);
    expect(await records("done-first")).toEqual(["[DONE]"]);
  });
});

describe("unusual framing", () => {
  it.each([
    "crlf-frames",
    "cr-frames",
    "mixed-line-ends",
    "no-space",
    "two-data-lines",
    "comments",
    "other-fields",
    "bom",
    "keep-alives",
    "bare-done",
    "split-utf8",
    "one-byte-chunks",
    "one-chunk",
    "escaped-unicode",
  ])("keeps the text of %s", async (name) => {
    expect(await streamedText(name)).toBe(TEXT);
  });

  it("makes large things as they are read", async () => {
    expect((await streamedText("huge-frame")).length).toBe(1024 * 1024);
    expect(await records("many-events")).toHaveLength(2050);
    const reader = (await fault("endless-line", { ...ASK, stream: true })).body?.getReader();
    for (let chunk = 0; chunk < 100; chunk++) expect((await reader?.read())?.done).toBe(false);
    await reader?.cancel();
  });
});
