import { GatewayError, toGatewayError } from "../errors.ts";
import type { Clock } from "./ports.ts";

export interface TimeLimits {
  /** Milliseconds from now until the first batch. */
  readonly first: number;
  /** Milliseconds that a later batch may take once it is asked for. */
  readonly stall: number;
  /** The clock's time at which the whole request is over. */
  readonly deadline: number;
}

/** An answer in flight: a completion in batches of events, or any other in chunks of bytes. */
interface Source<Item> {
  next(): Promise<Item | undefined>;
  cancel(reason?: unknown): void;
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
  let resolvePending: ((batch: Item | undefined) => void) | undefined;
  let rejectPending: ((error: GatewayError) => void) | undefined;
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
    rejectPending?.(error);
    resolvePending = undefined;
    rejectPending = undefined;
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
    rejectPending?.(failure);
    resolvePending = undefined;
    rejectPending = undefined;
  }

  /**
   * Not `Promise.race`: racing each read against a promise that lives as long as the stream would leave one reaction per
   * read on it.
   */
  function read(resolve: (batch: Item | undefined) => void, reject: (error: GatewayError) => void): void {
    resolvePending = resolve;
    rejectPending = reject;
    stream.next().then(take, lose);
  }

  /** One promise a read, and neither an async function nor a closure for it: this runs for every network chunk. */
  function next(): Promise<Item | undefined> {
    if (isOver && failure === undefined) return Promise.resolve(undefined);
    if (client.aborted) onClientAbort();
    if (failure !== undefined) return Promise.reject(failure);
    if (hasBegun) limitAt = Math.min(clock.now() + limits.stall, limits.deadline);
    watch();
    return new Promise(read);
  }

  client.addEventListener("abort", onClientAbort);
  return {
    next,
    cancel(reason) {
      release();
      stream.cancel(reason);
    },
  };
}

function clientClosedError(): GatewayError {
  return new GatewayError("client_closed", "The client closed the request.");
}

function toTimeoutError(hasBegun: boolean, isWholeRequest: boolean): GatewayError {
  if (isWholeRequest) return new GatewayError("upstream_timeout", "The request took longer than the gateway allows.");
  const message = hasBegun ? "The model stopped answering." : "The model did not begin to answer in time.";
  return new GatewayError("upstream_timeout", message, { retryable: true });
}
