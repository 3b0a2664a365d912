import { describe, expect, it } from "vitest";
import type { EmulatorOptions, StreamOutcome } from "../../src/emulator/options.ts";
import { createEmulatorBinding } from "../../src/emulator/binding.ts";
import { createStreamBody } from "../../src/emulator/stream-body.ts";
import { ask, LLAMA_33, PLAIN, run } from "./support.ts";

const LONG = { ...ask("Write a very long story"), max_tokens: 5000, stream: true };

function watched(): { readonly outcomes: StreamOutcome[]; readonly options: EmulatorOptions } {
  const outcomes: StreamOutcome[] = [];
  return { outcomes, options: { ...PLAIN, onStreamEnd: (outcome) => outcomes.push(outcome) } };
}

describe("a streamed body", () => {
  it("generates nothing that nobody has read", async () => {
    let made = 0;
    const steps = (function* () {
      for (;;) yield `frame ${made++}`;
    })();
    const reader = createStreamBody(steps).getReader();
    await reader.read();
    await reader.read();
    await Promise.resolve();
    expect(made).toBe(2);
    await reader.cancel();
  });

  it("ends as completed when it is read to its end", async () => {
    const { outcomes, options } = watched();
    await (await run(LLAMA_33, { ...ask("Hello"), stream: true }, options)).text();
    expect(outcomes).toEqual(["completed"]);
  });

  it("ends as cancelled when its reader cancels", async () => {
    const { outcomes, options } = watched();
    const reader = (await run(LLAMA_33, LONG, options)).body?.getReader();
    await reader?.read();
    await reader?.cancel();
    expect(outcomes).toEqual(["cancelled"]);
  });

  it("ends as cancelled when the signal aborts, also while it waits", async () => {
    const { outcomes, options } = watched();
    const controller = new AbortController();
    const binding = createEmulatorBinding({ ...options, timeToFirstTokenMs: 60_000 });
    const response = await binding.run(LLAMA_33, LONG, { returnRawResponse: true, signal: controller.signal });
    const read = response.body?.getReader().read();
    setTimeout(() => controller.abort(), 5);
    await expect(read).rejects.toMatchObject({ name: "AbortError" });
    expect(outcomes).toEqual(["cancelled"]);
  });

  it("ends at once when the signal aborts between two reads, and fails the next one", async () => {
    const { outcomes, options } = watched();
    const controller = new AbortController();
    const answer = createEmulatorBinding(options).run(LLAMA_33, LONG, {
      returnRawResponse: true,
      signal: controller.signal,
    });
    const reader = (await answer).body?.getReader();
    await reader?.read();
    controller.abort();
    expect(outcomes).toEqual(["cancelled"]);
    await expect(reader?.read()).rejects.toMatchObject({ name: "AbortError" });
  });

  it("may be cancelled in the very turn of the abort", async () => {
    const { outcomes, options } = watched();
    const controller = new AbortController();
    const answer = createEmulatorBinding({ ...options, faultDelayMs: 10 }).run(
      "@emulator/stall",
      { ...ask("Hello"), stream: true },
      { returnRawResponse: true, signal: controller.signal },
    );
    const reader = (await answer).body?.getReader();
    for (let read = 0; read < 3; read++) await reader?.read();
    const pending = reader?.read();
    controller.abort();
    await reader?.cancel();
    expect((await pending)?.done).toBe(true);
    expect(outcomes).toEqual(["cancelled"]);
  });

  it("rejects the run when the signal is aborted already", async () => {
    const signal = AbortSignal.abort();
    await expect(
      createEmulatorBinding(PLAIN).run(LLAMA_33, LONG, { returnRawResponse: true, signal }),
    ).rejects.toMatchObject({ name: "AbortError" });
  });
});
