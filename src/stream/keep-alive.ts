import type { Text, TextSource } from "./byte-stream.ts";

/** The part of a clock that this needs; the gateway's own satisfies it. */
interface Timers {
  now(): number;
  after(milliseconds: number, callback: () => void): () => void;
}

/** A comment: clients read over it, and proxies see that the connection lives. */
const KEEP_ALIVE = ": keep-alive\n\n";

/**
 * Writes a comment whenever the source has been silent for so long. One timer serves the whole stream: it is set when
 * it is needed and, when it fires early because text came meanwhile, set for the rest.
 */
export function withKeepAlive(source: TextSource, silenceMs: number, clock: Timers): TextSource {
  let pending: Promise<Text | undefined> | undefined;
  let lastOutputAt = clock.now();
  let stopTimer: (() => void) | undefined;
  let speak: (() => void) | undefined;

  function watch(): void {
    stopTimer ??= clock.after(Math.max(0, lastOutputAt + silenceMs - clock.now()), () => {
      stopTimer = undefined;
      if (speak === undefined) return;
      if (clock.now() >= lastOutputAt + silenceMs) speak();
      else watch();
    });
  }

  function stop(): void {
    stopTimer?.();
    stopTimer = undefined;
  }

  return {
    async pull() {
      const next = (pending ??= source.pull());
      watch();
      const text = await new Promise<Text | undefined | null>((resolve, reject) => {
        speak = () => resolve(null);
        next.then(resolve, reject);
      });
      speak = undefined;
      lastOutputAt = clock.now();
      if (text === null) return KEEP_ALIVE;
      pending = undefined;
      if (text === undefined) stop();
      return text;
    },
    cancel(reason) {
      stop();
      source.cancel(reason);
    },
  };
}
