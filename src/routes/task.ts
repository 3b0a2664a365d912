import { toGatewayError } from "../errors.ts";
import type { Meter } from "../gateway/meter.ts";
import { runTask } from "../gateway/run-task.ts";
import type { TaskAnswer, TaskOrder } from "../gateway/run-task.ts";
import { startMeter } from "./metering.ts";
import { toPorts } from "./order.ts";
import type { Caller } from "./order.ts";
import { toSessionAffinity } from "./session-affinity.ts";

/** What the endpoint decides of a task; the rest follows from the caller. */
interface TaskRequest<Result> extends Pick<TaskOrder<Result>, "models" | "toCalls" | "hasFallbacks" | "isSingleUse"> {
  /** Keeps requests that begin alike on one machine. */
  readonly cacheKey?: string | undefined;
  /** A result holds a body that is still to be read: whoever gives it on wraps it in `meterBody`. */
  readonly isStreamed?: boolean;
  /** The same, where only a result tells. */
  readonly isOpen?: (result: Result) => boolean;
  /** Also refuse a retired model, whatever the caller says. */
  readonly isStrict?: boolean;
}

export interface MeteredTaskAnswer<Result> extends TaskAnswer<Result> {
  readonly meter: Meter;
}

/** Runs a task that is no completion for a caller, as `runOrder` runs a completion. */
export async function runTaskOrder<Result>(
  caller: Caller,
  { isStreamed = false, isOpen = () => isStreamed, ...request }: TaskRequest<Result>,
): Promise<MeteredTaskAnswer<Result>> {
  const meter = startMeter(caller, isStreamed);
  try {
    const answer = await start(caller, meter, request);
    meter.begin();
    if (!answer.results.some(isOpen)) meter.complete();
    return { ...answer, meter };
  } catch (thrown) {
    meter.fail(toGatewayError(thrown));
    throw thrown;
  }
}

async function start<Result>(
  caller: Caller,
  meter: Meter,
  { cacheKey, isStrict = caller.isStrict, ...request }: Omit<TaskRequest<Result>, "isStreamed" | "isOpen">,
): Promise<TaskAnswer<Result>> {
  const order: TaskOrder<Result> = {
    ...request,
    strict: isStrict,
    // Only where the caller asks for it: a task has no prompt whose beginning could be cached.
    sessionAffinity:
      cacheKey === undefined ? undefined : await toSessionAffinity(caller.keyName, cacheKey, request.models[0] ?? ""),
    signal: caller.signal,
  };
  return runTask(order, caller.settings, toPorts(caller, meter));
}
