import type { Bindings, Settings } from "../env.ts";
import { GatewayError, toGatewayError } from "../errors.ts";
import { systemClock } from "../gateway/ports.ts";
import { isRecord, parseJson } from "../json.ts";
import { logFailure } from "../log.ts";
import { restrictDirectory } from "../models/restrict.ts";
import type { BackgroundHooks, BackgroundResponse } from "../stored-responses/saved-response.ts";
import { encodeSseEvent } from "../stream/sse-encoder.ts";
import type { ResponseRecord } from "../translate/response-events.ts";
import { createResponseRecorder } from "../translate/response-recorder.ts";
import { begun, toResponseFrame } from "../translate/response-resource.ts";
import type { ResponseFrame, ResponseResource } from "../translate/response-resource.ts";
import { toResponsesChat } from "../translate/responses-chat.ts";
import { toHistory } from "./history.ts";
import { toIdentity } from "./identity.ts";
import { logWhenOver } from "./metering.ts";
import type { Caller } from "./order.ts";
import { addToConversation } from "./response-plan.ts";
import type { ResponsePlan } from "./response-plan.ts";
import { startResponse } from "./response-run.ts";
import type { ResponseOrder, ResponseRun } from "./response-run.ts";
import { openStorageOf, storageUnavailableError } from "./storage.ts";
import type { Storage } from "./storage.ts";

/** What makes a response, beside the items that are kept with it. */
interface Job {
  readonly order: Omit<ResponseOrder, "history">;
  readonly frame: ResponseFrame;
  readonly owner: string;
  readonly caller: Pick<Caller, "requestId" | "route" | "keyName" | "grant" | "isStrict">;
}

/**
 * Has a response made after its request has been answered: the response as it is queued. What is wrong with the request
 * by itself is refused at once; what goes wrong afterwards is in the response.
 */
export async function queueResponse(
  plan: ResponsePlan,
  caller: Caller,
  storage: Storage | undefined,
): Promise<ResponseResource> {
  const { id, request, history, isStored } = plan.order;
  if (storage === undefined) throw storageUnavailableError("background");
  if (request.store === false) {
    const message = "Invalid value for 'store': a response that is made in the background has to be stored.";
    throw new GatewayError("invalid_value", message, { param: "store" });
  }
  if (!isStored)
    throw new GatewayError("body_too_large", "The conversation is too long for a response in the background.");
  toResponsesChat(request, history);
  const { entry } = caller.settings.directory.resolve(request.model);
  const frame = toResponseFrame(request, toIdentity(id, entry), { isStored, conversation: request.conversation });
  const queued: ResponseResource = { ...frame, ...begun, status: "queued" };
  const { requestId, route, keyName, grant, isStrict } = caller;
  const job: Job = {
    order: { id, request, isStored },
    frame,
    owner: storage.owner,
    caller: { requestId, route, keyName, grant, isStrict },
  };
  const isStreamed = request.stream === true;
  await storage.responses.begin(id, { ...plan.toSaved(queued), job: JSON.stringify(job), isStreamed });
  return queued;
}

/** Makes a response whose request has been answered. */
export async function runBackground(
  { job, input, history }: BackgroundResponse,
  environment: Bindings,
  settings: Settings,
  hooks: BackgroundHooks,
): Promise<string> {
  // Nobody but `queueResponse` writes it.
  const { order, frame, owner, caller: asked }: Job = JSON.parse(job);
  const caller: Caller = {
    ...asked,
    binding: environment.AI,
    settings: { ...settings, directory: restrictDirectory(settings.directory, asked.grant?.settings.models ?? []) },
    clock: systemClock,
    signal: hooks.signal,
    defer: hooks.waitUntil,
    follow: (meter) => logWhenOver(meter, { ...asked, defer: hooks.waitUntil }),
    showLimits: () => undefined,
  };
  const report = (thrown: unknown): void => logFailure(caller.requestId, frame.model, toGatewayError(thrown));
  try {
    const response = await makeResponse({ ...order, history: toHistory(history).items }, frame, caller, hooks);
    const { conversation } = order.request;
    const storage = openStorageOf(environment, settings.config, owner);
    const isAnswer = response.status === "completed" || response.status === "incomplete";
    if (conversation !== undefined && storage !== undefined && isAnswer) {
      // The response is there, whether its conversation takes it or not.
      await addToConversation(storage, conversation, [...parseItems(input), ...response.output]).catch(report);
    }
    return JSON.stringify(response);
  } catch (thrown) {
    if (!hooks.signal.aborted) report(thrown);
    throw thrown;
  }
}

async function makeResponse(
  order: ResponseOrder,
  frame: ResponseFrame,
  caller: Caller,
  { signal, show, record }: BackgroundHooks,
): Promise<ResponseResource> {
  const write = (records: readonly ResponseRecord[]): void =>
    record(records.map(({ type, data }) => encodeSseEvent(type, data)).join(""));
  let run: ResponseRun;
  try {
    run = await startResponse(order, caller);
  } catch (thrown) {
    signal.throwIfAborted();
    const error = toGatewayError(thrown);
    logFailure(caller.requestId, undefined, error);
    const options = { customTools: new Set<string>(), namespacedTools: new Map(), includeObfuscation: false };
    const recorder = createResponseRecorder(frame, options);
    write([...recorder.begin(), ...recorder.fail(error)]);
    return recorder.response();
  }
  const stop = (): void => {
    run.cancel(signal.reason);
    show(JSON.stringify(run.response()));
  };
  signal.addEventListener("abort", stop);
  show(JSON.stringify(run.response()));
  for (let batch = await run.next(); batch !== undefined; batch = await run.next()) {
    signal.throwIfAborted();
    write(batch.records);
  }
  signal.throwIfAborted();
  return run.response();
}

/** The items of the request, as they were stored. */
function parseItems(input: string): readonly { readonly id?: string }[] {
  const items = parseJson(input);
  return Array.isArray(items) ? items.filter(isRecord) : [];
}
