import { GatewayError, toGatewayError } from "../errors.ts";
import { logFailure } from "../log.ts";
import { toErrorStatus } from "../openai/error-envelope.ts";
import { toSocketError } from "../openai/socket-event.ts";
import { keepRun } from "./kept-run.ts";
import type { Caller } from "./order.ts";
import { createResponseMemory } from "./response-memory.ts";
import { planResponse } from "./response-plan.ts";
import { startResponse } from "./response-run.ts";
import type { ResponseRun } from "./response-run.ts";
import { parseSocketRequest, readSocketMessage, toSocketMessages } from "./socket-message.ts";
import type { Storage } from "./storage.ts";
import { startWarmUp } from "./warm-up.ts";

/** Requests that wait at most for the one that is answered. */
const MOST_WAITING = 16;

export interface SessionContext {
  /** Sends a text to the client. */
  readonly send: (text: string) => void;
  readonly storage: Storage | undefined;
  readonly maxMessageBytes: number;
  /** The caller of one request of the session. */
  readonly toCaller: (signal: AbortSignal) => Caller;
}

/**
 * The Responses API over one connection, as Open Responses describes it: a message for each event, one response after the
 * other, whichever lane they came on: OpenAI has lanes, which it answers at once, and Open Responses allows one response
 * at a time. Of responses that are not stored the session remembers the last one of each lane.
 */
export interface ResponseSession {
  /** Takes a message of the client's; settled when it is answered. */
  receive(message: unknown): Promise<void>;
  /** Whether a request is being answered, or waits for it. */
  isBusy(): boolean;
  /** The client is gone. */
  end(): void;
}

export function createResponseSession(context: SessionContext): ResponseSession {
  const controller = new AbortController();
  const memory = createResponseMemory();
  let tail: Promise<void> = Promise.resolve();
  let waiting = 0;

  async function answer(message: unknown): Promise<void> {
    if (controller.signal.aborted) return;
    const caller = context.toCaller(controller.signal);
    let streamId: string | undefined;
    let previous: string | undefined;
    try {
      const received = readSocketMessage(message, context.maxMessageBytes);
      ({ streamId } = received);
      const { request, generate } = parseSocketRequest(received);
      previous = request.previous_response_id;
      const plan = await planResponse(request, context.storage, (id) => memory.recall(id));
      const started = generate ? await startResponse(plan.order, caller) : startWarmUp(plan.order, caller);
      const run = keepRun(started, plan, caller);
      await send(run, streamId);
      if (run.failure() === undefined) memory.remember(streamId, plan.order.id, plan.toSaved(run.response()));
      else memory.forget(previous);
    } catch (thrown) {
      const error = toGatewayError(thrown);
      memory.forget(previous);
      if (toErrorStatus(error.kind) >= 500) logFailure(caller.requestId, undefined, error);
      if (!controller.signal.aborted) context.send(toSocketError(error, streamId));
    }
  }

  async function send(run: ResponseRun, streamId: string | undefined): Promise<void> {
    const leave = (): void => run.cancel(new GatewayError("client_closed", "The client closed the connection."));
    controller.signal.addEventListener("abort", leave);
    try {
      for (let batch = await run.next(); batch !== undefined; batch = await run.next()) {
        for (const text of toSocketMessages(batch.records, streamId))
          if (!controller.signal.aborted) context.send(text);
      }
    } finally {
      controller.signal.removeEventListener("abort", leave);
    }
  }

  /** Whatever else is wrong with a message that is not taken. */
  function toLane(message: unknown): string | undefined {
    try {
      return readSocketMessage(message, context.maxMessageBytes).streamId;
    } catch {
      return undefined;
    }
  }

  return {
    async receive(message) {
      if (waiting > MOST_WAITING) {
        const error = new GatewayError(
          "invalid_request",
          `More than ${MOST_WAITING} requests wait on this connection.`,
        );
        context.send(toSocketError(error, toLane(message)));
        return;
      }
      waiting += 1;
      tail = tail.then(async () => answer(message)).finally(() => (waiting -= 1));
      await tail;
    },
    isBusy() {
      return waiting > 0;
    },
    end: () => controller.abort(),
  };
}
