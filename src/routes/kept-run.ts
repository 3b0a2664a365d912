import { toGatewayError } from "../errors.ts";
import { isRecord, parseJson } from "../json.ts";
import { logFailure } from "../log.ts";
import type { ResponseRecord } from "../translate/response-events.ts";
import type { ParameterReport } from "../translate/parameter-report.ts";
import type { Caller } from "./order.ts";
import type { ResponsePlan } from "./response-plan.ts";
import type { ResponseBatch, ResponseOrder, ResponseRun } from "./response-run.ts";

/**
 * A run whose response is kept when it ends, whatever end that is. Nobody is told of the end before it is kept: a client
 * that continues the response at once finds it. Where it could not be kept, its last event says so.
 */
export function keepRun(run: ResponseRun, plan: ResponsePlan, { requestId, defer }: Caller): ResponseRun {
  let isKept: boolean | undefined;

  async function keepOnce(): Promise<void> {
    if (isKept !== undefined) return;
    isKept = true;
    try {
      await plan.keep(run.response());
    } catch (error) {
      isKept = false;
      logFailure(requestId, run.response().model, toGatewayError(error));
    }
  }

  return {
    running: { ...run.running, parameters: withStore(run.running.parameters, plan.order) },
    response() {
      return isKept === false ? { ...run.response(), store: false } : run.response();
    },
    isOver() {
      return run.isOver();
    },
    failure() {
      return run.failure();
    },
    async next(): Promise<ResponseBatch | undefined> {
      const batch = await run.next();
      if (!run.isOver()) return batch;
      await keepOnce();
      return isKept === false && batch !== undefined ? { ...batch, records: batch.records.map(toUnkept) } : batch;
    },
    cancel(reason) {
      run.cancel(reason);
      defer(keepOnce());
    },
  };
}

/** Responses are stored unless the request says otherwise: that this one is not has to be said. */
function withStore(parameters: ParameterReport, { request, isStored }: ResponseOrder): ParameterReport {
  return isStored || request.store === false ? parameters : new Map([...parameters, ["store", "ignored"]]);
}

function toUnkept(record: ResponseRecord): ResponseRecord {
  const event = parseJson(record.data);
  if (!isRecord(event) || !isRecord(event["response"])) return record;
  return { ...record, data: JSON.stringify({ ...event, response: { ...event["response"], store: false } }) };
}
