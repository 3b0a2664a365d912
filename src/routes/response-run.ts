import { createHoldingBound } from "../completion/replay.ts";
import { GatewayError, toGatewayError } from "../errors.ts";
import { isUrgent } from "./answer.ts";
import type { AnswerFacts } from "./answer.ts";
import { logFailure } from "../log.ts";
import type { InputItem } from "../openai/responses-item.ts";
import type { ResponsesRequest } from "../openai/responses-request.ts";
import { toNamespacedNames } from "../translate/tool-namespaces.ts";
import { toToolForm } from "../translate/tool-form.ts";
import type { ResponseRecord } from "../translate/response-events.ts";
import type { ResponseResource } from "../translate/response-resource.ts";
import { toResponseFrame } from "../translate/response-resource.ts";
import { createResponseRecorder } from "../translate/response-recorder.ts";
import { toResponsesCalls } from "../translate/responses-calls.ts";
import { toResponsesChat } from "../translate/responses-chat.ts";
import { toResponsesError } from "../translate/responses-names.ts";
import { toIdentity } from "./identity.ts";
import { withInlinedImages } from "./inlined-images.ts";
import { runOrder } from "./order.ts";
import type { Caller } from "./order.ts";

/** The events that end a text repeat it: its own, that of its part, that of its item, and that of the response. */
const TEXT_COPIES = 4;

/** A response that is to be made. */
export interface ResponseOrder {
  readonly id: string;
  readonly request: ResponsesRequest;
  /** The items that stand before those of the request: of the response or the conversation that it continues. */
  readonly history: readonly InputItem[];
  /** Whether the response will be kept, so that it can be retrieved and continued. */
  readonly isStored: boolean;
}

/** A response that is being made: its first events are there. */
export interface ResponseRun {
  /** Who answers, and what became of the request's parameters. */
  readonly running: AnswerFacts;
  /** The response as it is by now: put together when it is asked for. */
  response(): ResponseResource;
  /** Whether the response has come to an end, whatever end that is. */
  isOver(): boolean;
  /** Why the response failed. */
  failure(): GatewayError | undefined;
  /** The next events, or `undefined` after the last. Never rejects: that the response fails is an event too. */
  next(): Promise<ResponseBatch | undefined>;
  /** Ends the response where it is. Idempotent; never throws. */
  cancel(reason: unknown): void;
}

export interface ResponseBatch {
  readonly records: readonly ResponseRecord[];
  /** A client waits for one of the events. */
  readonly isUrgent: boolean;
}

/**
 * Starts a response and waits for its first events; rejects with a `GatewayError` that names the request's own members.
 * It needs no HTTP context: the client of a response may be gone, or may talk over a WebSocket.
 */
export async function startResponse(order: ResponseOrder, caller: Caller): Promise<ResponseRun> {
  const { id, request, history, isStored } = order;
  const translated = toResponsesChat(request, history);
  const { places } = translated;
  const { running, form } = await inResponsesNames(places, async () => {
    const chat = await withInlinedImages(translated.chat, caller);
    const cacheKey = request.prompt_cache_key ?? request.user;
    const toCalls = { ...translated, chat };
    return {
      running: await runOrder(caller, chat, cacheKey, (entry) => toResponsesCalls(request, toCalls, entry, isStored)),
      form: toToolForm(chat),
    };
  });
  const keeping = { isStored, conversation: request.conversation };
  const recorder = createResponseRecorder(toResponseFrame(request, toIdentity(id, running.entry), keeping), {
    customTools: form.customTools,
    namespacedTools: toNamespacedNames(request.tools),
    includeObfuscation: request.stream_options?.include_obfuscation !== false,
    readCost: request.usage !== undefined ? running.meter.toldCost : undefined,
  });
  const bound = createHoldingBound(TEXT_COPIES);
  let failure: GatewayError | undefined;
  let isOver = false;
  /** Leave with the first batch, which is there. */
  let opening: readonly ResponseRecord[] = recorder.begin();

  function withOpening(records: readonly ResponseRecord[], isBatchUrgent = true): ResponseBatch {
    const batch = { records: [...opening, ...records], isUrgent: isBatchUrgent || opening.length > 0 };
    opening = [];
    return batch;
  }

  async function next(): Promise<ResponseBatch | undefined> {
    if (isOver) return undefined;
    try {
      const batch = await running.choices.next();
      if (isOver) return undefined;
      if (batch !== undefined) {
        bound(batch.events);
        return withOpening(recorder.add(batch.events), batch.events.some(isUrgent));
      }
      isOver = true;
      return withOpening(recorder.end());
    } catch (thrown) {
      if (isOver) return undefined;
      isOver = true;
      const error = toGatewayError(thrown);
      running.choices.cancel(error);
      failure = toResponsesError(error, places);
      if (failure.kind === "client_closed") {
        recorder.cancel();
        return undefined;
      }
      logFailure(caller.requestId, running.entry.id, failure);
      return withOpening(recorder.fail(failure));
    }
  }

  return {
    running,
    response() {
      return recorder.response();
    },
    isOver() {
      return isOver;
    },
    failure() {
      return failure;
    },
    next,
    cancel(reason) {
      if (!isOver) recorder.cancel();
      isOver = true;
      running.choices.cancel(reason);
    },
  };
}

/** Work on the chat that stands for a Responses request: its errors name the request's own members. */
export async function inResponsesNames<Result>(
  places: readonly string[],
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof GatewayError ? toResponsesError(error, places) : error;
  }
}
