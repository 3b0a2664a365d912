import { describe, expect, it, vi } from "vitest";
import { withSharedTimer } from "../../src/gateway/shared-timer.ts";
import { createFakeClock } from "../support/fake-clock.ts";

describe("withSharedTimer", () => {
  it("calls each wait back once, when it is over and not before", async () => {
    const clock = createFakeClock();
    const shared = withSharedTimer(clock);
    const calls: string[] = [];
    for (const [name, milliseconds] of [
      ["minutes", 60_000],
      ["soon", 5],
      ["seconds", 20_000],
      ["soon too", 5],
    ] as const) {
      shared.after(milliseconds, () => calls.push(name));
    }
    await clock.advance(4);
    expect(calls).toEqual([]);
    await clock.advance(1);
    expect(calls).toEqual(["soon", "soon too"]);
    await clock.advance(19_994);
    expect(calls).toHaveLength(2);
    await clock.advance(1);
    expect(calls).toEqual(["soon", "soon too", "seconds"]);
    await clock.advance(120_000);
    expect(calls).toEqual(["soon", "soon too", "seconds", "minutes"]);
    expect(clock.pending).toBe(0);
  });

  it("sets one timer for all of its waits, and none when all have been stopped", () => {
    const clock = createFakeClock();
    const shared = withSharedTimer(clock);
    const set = vi.spyOn(clock, "after");
    const stops = [60_000, 30_000, 600_000, 15_000].map((milliseconds) => shared.after(milliseconds, () => undefined));
    expect(clock.pending).toBe(1);
    expect(set).toHaveBeenCalledOnce();
    for (const stop of stops) stop();
    expect(clock.pending).toBe(0);
  });

  it("does not call back a wait that was stopped, also by another of the same moment", async () => {
    const clock = createFakeClock();
    const shared = withSharedTimer(clock);
    const callback = vi.fn<() => void>();
    const stops: (() => void)[] = [];
    shared.after(10, () => {
      for (const stop of stops) stop();
    });
    stops.push(shared.after(10, callback));
    shared.after(20, callback)();
    await clock.advance(100);
    expect(callback).not.toHaveBeenCalled();
    expect(clock.pending).toBe(0);
  });

  it("takes a wait that begins in a callback", async () => {
    const clock = createFakeClock();
    const shared = withSharedTimer(clock);
    const callback = vi.fn<() => void>();
    shared.after(10, () => void shared.after(10, callback));
    await clock.advance(19);
    expect(callback).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(callback).toHaveBeenCalledOnce();
  });
});
