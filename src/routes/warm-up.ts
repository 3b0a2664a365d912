import { createResponseEvents } from "../translate/response-events.ts";
import { begun, toEnded, toResponseFrame } from "../translate/response-resource.ts";
import { toIdentity } from "./identity.ts";
import type { Caller } from "./order.ts";
import type { ResponseBatch, ResponseOrder, ResponseRun } from "./response-run.ts";

/**
 * A response that no model is asked for: it only has an id, with which the next request can go on from its items.
 * OpenAI's clients begin a WebSocket so, with `generate: false`.
 */
export function startWarmUp({ id, request, isStored }: ResponseOrder, { settings }: Caller): ResponseRun {
  const resolution = settings.directory.resolve(request.model);
  const keeping = { isStored, conversation: request.conversation };
  const frame = toResponseFrame(request, toIdentity(id, resolution.entry), keeping);
  const ended = toEnded([], undefined, undefined, undefined);
  const events = createResponseEvents(frame);
  events.addLifecycle("response.created", begun);
  events.addLifecycle("response.in_progress", begun);
  events.addLifecycle("response.completed", ended);
  let batch: ResponseBatch | undefined = { records: events.take(), isUrgent: true };
  return {
    running: { ...resolution, attempts: 0, parameters: new Map() },
    response: () => ({ ...frame, ...ended }),
    isOver() {
      return batch === undefined;
    },
    failure: () => undefined,
    async next() {
      const taken = batch;
      batch = undefined;
      return taken;
    },
    cancel: () => undefined,
  };
}
