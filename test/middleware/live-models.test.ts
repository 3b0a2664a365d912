import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createEmulatorBinding } from "../../src/emulator/binding.ts";
import type { AiBinding } from "../../src/workers-ai/binding.ts";
import { createTestGateway } from "../support/gateway.ts";

const ID = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";

function bindingWith(models: () => Promise<unknown>): AiBinding {
  return { ...createEmulatorBinding({ seed: 1 }), models };
}

async function contextLengths(binding: AiBinding, requests: number): Promise<unknown[]> {
  const gateway = createTestGateway({ binding });
  const lengths: unknown[] = [];
  for (let request = 0; request < requests; request += 1) {
    const response = await gateway.request(`/v1/models/${ID}`);
    lengths.push((await response.json<{ context_length: number }>()).context_length);
    await vi.advanceTimersByTimeAsync(0);
  }
  return lengths;
}

describe("liveModels", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it("takes over what Workers AI publishes, from the next request on", async () => {
    const models = vi.fn<() => Promise<unknown>>(() =>
      Promise.resolve([{ name: ID, properties: [{ property_id: "context_window", value: "48000" }] }]),
    );
    expect(await contextLengths(bindingWith(models), 3)).toEqual([24_000, 48_000, 48_000]);
    expect(models).toHaveBeenCalledTimes(1);
  });

  it("does not make a request wait for the list", async () => {
    const never = vi.fn<() => Promise<unknown>>(() => new Promise<unknown>(() => undefined));
    expect(await contextLengths(bindingWith(never), 2)).toEqual([24_000, 24_000]);
    expect(never).toHaveBeenCalledTimes(1);
  });

  it("goes on with the built-in catalogue when the list cannot be read, and says so in the log", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const failing = vi.fn<() => Promise<unknown>>(() => Promise.reject(new Error("no")));
    expect(await contextLengths(bindingWith(failing), 2)).toEqual([24_000, 24_000]);
    expect(failing).toHaveBeenCalledTimes(1);
    expect(warn).toHaveBeenCalledTimes(1);
    warn.mockRestore();
  });
});
