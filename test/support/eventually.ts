import { vi } from "vitest";

/** What `check` returns once it does not throw: for what comes by itself, and on a slow machine late. */
export async function eventually<Value>(check: () => Value | Promise<Value>): Promise<Value> {
  return await vi.waitFor(check, { timeout: 20_000, interval: 20 });
}
