import type { Text, TextSource } from "./byte-stream.ts";
import { later, readFrom, toSource } from "./source.ts";

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
  /** The source is being read; a comment that is written meanwhile does not read it again. */
  let isReading = false;
  /** What came of that while nobody waited for it. */
  let arrived: { readonly text: Text | undefined } | undefined;
  let lastOutputAt = clock.now();
  let stopTimer: (() => void) | undefined;
  /** Takes the next text; set while there is somebody to take it. */
  let write: ((text: Text | undefined) => void) | undefined;

  function watch(): void {
    stopTimer ??= clock.after(Math.max(0, lastOutputAt + silenceMs - clock.now()), () => {
      stopTimer = undefined;
      if (write === undefined) return;
      if (clock.now() >= lastOutputAt + silenceMs) deliver(KEEP_ALIVE);
      else watch();
    });
  }

  function stop(): void {
    stopTimer?.();
    stopTimer = undefined;
  }

  function take(text: Text | undefined): void {
    isReading = false;
    if (text === undefined) stop();
    if (write === undefined) arrived = { text };
    else deliver(text);
  }

  function end(): void {
    take(undefined);
  }

  function deliver(text: Text | undefined): void {
    const writeText = write;
    write = undefined;
    lastOutputAt = clock.now();
    writeText?.(text);
  }

  return toSource(
    (takeText) => {
      write = takeText;
      if (arrived !== undefined) {
        const { text } = arrived;
        arrived = undefined;
        later(() => deliver(text));
        return;
      }
      watch();
      if (isReading) return;
      isReading = true;
      readFrom(source, take, end);
    },
    (reason) => {
      stop();
      source.cancel(reason);
    },
  );
}
