import { describe, expect, it } from "vitest";
import { withKeepAlive } from "../../src/stream/keep-alive.ts";
import { createFakeClock } from "../support/fake-clock.ts";

/** A source whose texts come when the test says so. */
function createTestSource() {
  const waiting: ((text: string | undefined) => void)[] = [];
  let cancelled = 0;
  return {
    next: () => new Promise<string | undefined>((resolve) => waiting.push(resolve)),
    cancel: () => {
      cancelled += 1;
    },
    say: (text: string | undefined) => waiting.shift()?.(text),
    get cancelled() {
      return cancelled;
    },
  };
}

const COMMENT = ": keep-alive\n\n";

describe("withKeepAlive", () => {
  it("writes a comment after a silence, and loses nothing of what follows", async () => {
    const clock = createFakeClock();
    const source = createTestSource();
    const kept = withKeepAlive(source, 15_000, clock);
    const first = kept.next();
    await clock.advance(15_000);
    expect(await first).toBe(COMMENT);
    const second = kept.next();
    source.say("text");
    expect(await second).toBe("text");
  });

  it("writes a comment for each further silence of the same length", async () => {
    const clock = createFakeClock();
    const kept = withKeepAlive(createTestSource(), 15_000, clock);
    for (let silence = 0; silence < 3; silence += 1) {
      const text = kept.next();
      await clock.advance(15_000);
      expect(await text).toBe(COMMENT);
    }
  });

  it("writes none while text keeps coming", async () => {
    const clock = createFakeClock();
    const source = createTestSource();
    const kept = withKeepAlive(source, 15_000, clock);
    for (let piece = 0; piece < 5; piece += 1) {
      const text = kept.next();
      await clock.advance(10_000);
      source.say("text");
      expect(await text).toBe("text");
    }
  });

  it("writes one so long after the last text, and not after the timer was set", async () => {
    const clock = createFakeClock();
    const source = createTestSource();
    const kept = withKeepAlive(source, 15_000, clock);
    const first = kept.next();
    await clock.advance(10_000);
    source.say("text");
    await first;
    let second: unknown;
    void kept.next().then((text) => (second = text));
    await clock.advance(14_999);
    expect(second).toBeUndefined();
    await clock.advance(1);
    expect(second).toBe(COMMENT);
  });

  it("writes none for a reader that does not read, and nothing twice when it comes back", async () => {
    const clock = createFakeClock();
    const source = createTestSource();
    const kept = withKeepAlive(source, 15_000, clock);
    const first = kept.next();
    await clock.advance(15_000);
    expect(await first).toBe(COMMENT);
    source.say("text");
    await clock.advance(60_000);
    expect(await kept.next()).toBe("text");
    const last = kept.next();
    source.say(undefined);
    expect(await last).toBeUndefined();
  });

  it("sets one timer for the stream, not one for each text", async () => {
    const clock = createFakeClock();
    const source = createTestSource();
    const kept = withKeepAlive(source, 15_000, clock);
    for (let piece = 0; piece < 100; piece += 1) {
      const text = kept.next();
      source.say("text");
      await text;
      expect(clock.pending).toBe(1);
    }
  });

  it("leaves no timer behind at the end, nor when the reader leaves", async () => {
    const clock = createFakeClock();
    const source = createTestSource();
    const kept = withKeepAlive(source, 15_000, clock);
    const last = kept.next();
    source.say(undefined);
    expect(await last).toBeUndefined();
    expect(clock.pending).toBe(0);
    const left = withKeepAlive(source, 15_000, clock);
    void left.next();
    expect(clock.pending).toBe(1);
    left.cancel("gone");
    expect(clock.pending).toBe(0);
    expect(source.cancelled).toBe(1);
    withKeepAlive(source, 15_000, clock).cancel("never read");
    expect(source.cancelled).toBe(2);
  });
});
