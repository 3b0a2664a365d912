import { GatewayError, toGatewayError } from "../errors.ts";
import { later, readFrom, toSource } from "../stream/source.ts";
import type { Read, Source } from "../stream/source.ts";
import type { Clock } from "./ports.ts";

export interface TimeLimits {
  /** Milliseconds from now until the first batch. */
  readonly first: number;
  /** Milliseconds that a later batch may take once it is asked for. */
  readonly stall: number;
  /** The clock's time at which the whole request is over. */
  readonly deadline: number;
}

/**
 * Bounds an answer in time and ties it to its client: a pending read ends when the client leaves or a limit is
 * reached, whether or not the upstream reacts to being cancelled.
 *
 * One timer serves all reads. It is set for the nearest limit, and when it fires it looks whether that limit has
 * really been reached; setting one for each of a thousand tokens would cost more than reading them.
 */
export function guard<Item>(stream: Source<Item>, limits: TimeLimits, clock: Clock, client: AbortSignal): Source<Item> {
  let failure: GatewayError | undefined;
  /** Of the pending read, and nothing where none is. */
  let resolvePending: ((batch: Item | undefined) => void) | undefined;
  let rejectPending: ((error: unknown) => void) | undefined;
  let hasBegun = false;
  /** The clock's time at which the pending read is given up. */
  let limitAt = Math.min(clock.now() + limits.first, limits.deadline);
  let timerAt = Number.POSITIVE_INFINITY;
  let stopTimer: (() => void) | undefined;
  let isOver = false;

  function fail(error: GatewayError): void {
    if (isOver) return;
    failure = error;
    release();
    stream.cancel(error);
    reject(error);
  }

  function reject(error: GatewayError): void {
    const rejectRead = rejectPending;
    resolvePending = undefined;
    rejectPending = undefined;
    rejectRead?.(error);
  }

  function release(): void {
    isOver = true;
    clearTimer();
    client.removeEventListener("abort", onClientAbort);
  }

  function clearTimer(): void {
    stopTimer?.();
    stopTimer = undefined;
    timerAt = Number.POSITIVE_INFINITY;
  }

  function onClientAbort(): void {
    fail(clientClosedError());
  }

  function watch(): void {
    if (timerAt <= limitAt) return;
    clearTimer();
    timerAt = limitAt;
    stopTimer = clock.after(Math.max(0, limitAt - clock.now()), () => {
      clearTimer();
      // No read is pending: it is the client that takes its time, and the next read sets the timer again.
      if (rejectPending === undefined) return;
      if (clock.now() >= limitAt) fail(toTimeoutError(hasBegun, limitAt >= limits.deadline));
      else watch();
    });
  }

  function take(batch: Item | undefined): void {
    const resolve = resolvePending;
    resolvePending = undefined;
    rejectPending = undefined;
    hasBegun = true;
    if (batch === undefined) release();
    resolve?.(batch);
  }

  function lose(error: unknown): void {
    release();
    // Whoever reads on after a failure gets it again, not an end that looks like a complete answer's.
    failure ??= toGatewayError(error);
    reject(failure);
  }

  /**
   * Not `Promise.race`: racing each read against a promise that lives as long as the stream would leave one reaction per
   * read on it.
   */
  const read: Read<Item> = (takeItem, failRead) => {
    if (isOver) {
      const ended = failure;
      later(() => (ended === undefined ? takeItem(undefined) : failRead(ended)));
      return;
    }
    if (hasBegun) limitAt = Math.min(clock.now() + limits.stall, limits.deadline);
    watch();
    resolvePending = takeItem;
    rejectPending = failRead;
    readFrom(stream, take, lose);
  };

  if (client.aborted) onClientAbort();
  else client.addEventListener("abort", onClientAbort);
  return toSource(read, (reason) => {
    release();
    stream.cancel(reason);
  });
}

function clientClosedError(): GatewayError {
  return new GatewayError("client_closed", "The client closed the request.");
}

function toTimeoutError(hasBegun: boolean, isWholeRequest: boolean): GatewayError {
  if (isWholeRequest) return new GatewayError("upstream_timeout", "The request took longer than the gateway allows.");
  const message = hasBegun ? "The model stopped answering." : "The model did not begin to answer in time.";
  return new GatewayError("upstream_timeout", message, { retryable: true });
}
