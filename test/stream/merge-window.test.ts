import { describe, expect, it } from "vitest";
import { withMergeWindow } from "../../src/stream/merge-window.ts";
import type { PieceSource, TextPiece } from "../../src/stream/merge-window.ts";
import { createFakeClock } from "../support/fake-clock.ts";

/** A source whose pieces come when the test says so. */
function createTestSource() {
  const waiting: ((piece: TextPiece | undefined) => void)[] = [];
  const ready: (TextPiece | undefined)[] = [];
  let pulls = 0;
  let cancelled = 0;
  return {
    next(): Promise<TextPiece | undefined> {
      pulls += 1;
      if (ready.length > 0) return Promise.resolve(ready.shift());
      return new Promise((resolve) => waiting.push(resolve));
    },
    cancel() {
      cancelled += 1;
    },
    say(text: string | undefined, isUrgent = false) {
      const piece = text === undefined ? undefined : { text, isUrgent };
      const reader = waiting.shift();
      if (reader === undefined) ready.push(piece);
      else reader(piece);
    },
    get pulls() {
      return pulls;
    },
    get cancelled() {
      return cancelled;
    },
  };
}

/** The window as its reader meets it: each write as one text. */
function withTextWindow(source: PieceSource, windowMs: number, clock: ReturnType<typeof createFakeClock>) {
  const merged = withMergeWindow(source, windowMs, clock);
  return {
    async next(): Promise<string | undefined> {
      return [(await merged.next()) ?? []].flat().join("") || undefined;
    },
    cancel: (reason: unknown) => merged.cancel(reason),
  };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

describe("withMergeWindow", () => {
  it("lets the first piece go at once", async () => {
    const source = createTestSource();
    const merged = withTextWindow(source, 10, createFakeClock());
    source.say("a");
    expect(await merged.next()).toBe("a");
  });

  it("merges what comes within the window into one write, in order", async () => {
    const clock = createFakeClock();
    const source = createTestSource();
    const merged = withTextWindow(source, 10, clock);
    source.say("a");
    await merged.next();
    const second = merged.next();
    for (const text of ["b", "c", "d"]) source.say(text);
    await settle();
    await clock.advance(10);
    expect(await second).toBe("bcd");
  });

  it("keeps nothing longer than the window, and loses nothing that comes behind it", async () => {
    const clock = createFakeClock();
    const source = createTestSource();
    const merged = withTextWindow(source, 10, clock);
    source.say("a");
    await merged.next();
    const second = merged.next();
    source.say("b");
    await settle();
    await clock.advance(10);
    expect(await second).toBe("b");
    source.say("c");
    await clock.advance(10);
    expect(await merged.next()).toBe("c");
  });

  it("does not hold back a stream that is slower than the window", async () => {
    const clock = createFakeClock();
    const source = createTestSource();
    const merged = withTextWindow(source, 10, clock);
    for (const text of ["a", "b", "c"]) {
      source.say(text);
      expect(await merged.next()).toBe(text);
      await clock.advance(10);
    }
    expect(clock.timersSet).toBe(0);
  });

  it("lets an urgent piece go at once, behind what waits for it", async () => {
    const clock = createFakeClock();
    const source = createTestSource();
    const merged = withTextWindow(source, 10, clock);
    source.say("a");
    await merged.next();
    source.say("b");
    source.say("!", true);
    expect(await merged.next()).toBe("b!");
    source.say("?", true);
    expect(await merged.next()).toBe("?");
  });

  it("writes what it holds at the end of the stream without waiting", async () => {
    const clock = createFakeClock();
    const source = createTestSource();
    const merged = withTextWindow(source, 10, clock);
    source.say("a");
    await merged.next();
    source.say("b");
    source.say(undefined);
    expect(await merged.next()).toBe("b");
    expect(await merged.next()).toBeUndefined();
    expect(clock.pending).toBe(0);
  });

  it("sets one timer a window, however many pieces come in it", async () => {
    const clock = createFakeClock();
    const source = createTestSource();
    const merged = withTextWindow(source, 10, clock);
    source.say("a");
    await merged.next();
    const second = merged.next();
    for (let piece = 0; piece < 100; piece += 1) source.say("b");
    await settle();
    await clock.advance(10);
    await second;
    expect(clock.timersSet).toBe(1);
  });

  it("stops reading ahead when it holds 64 KiB, so that a reader who stops, stops the source", async () => {
    const clock = createFakeClock();
    const source = createTestSource();
    const merged = withTextWindow(source, 10, clock);
    source.say("a");
    await merged.next();
    for (let piece = 0; piece < 100; piece += 1) source.say("x".repeat(1024));
    expect((await merged.next())?.length).toBe(64 * 1024);
    const { pulls } = source;
    await settle();
    expect(source.pulls).toBe(pulls);
  });

  it("merges nothing with a window of 0", async () => {
    const clock = createFakeClock();
    const source = createTestSource();
    const merged = withTextWindow(source, 0, clock);
    for (const text of ["a", "b", "c"]) {
      source.say(text);
      expect(await merged.next()).toBe(text);
    }
  });

  it("cancels its source", () => {
    const source = createTestSource();
    withMergeWindow(source, 10, createFakeClock()).cancel("gone");
    expect(source.cancelled).toBe(1);
  });
});
