import type { GatewayContext } from "../env.ts";
import { GatewayError } from "../errors.ts";
import { responsesRequest } from "../openai/responses-request.ts";
import { encodeSseEvent, SSE_DONE } from "../stream/sse-encoder.ts";
import { answerPieces, toAnswerHeaders } from "./answer.ts";
import { parseBody } from "./json-body.ts";
import { keepRun } from "./kept-run.ts";
import { toCaller } from "./order.ts";
import type { Caller } from "./order.ts";
import { planResponse } from "./response-plan.ts";
import type { ResponsePlan } from "./response-plan.ts";
import { startResponse } from "./response-run.ts";
import type { ResponseRun } from "./response-run.ts";
import { openStorage } from "./storage.ts";
import type { Storage } from "./storage.ts";
import { answerRecords } from "./stored-answer.ts";

/** `POST /v1/responses` */
export async function createResponse(c: GatewayContext): Promise<Response> {
  const request = await parseBody(c, responsesRequest);
  const storage = await openStorage(c);
  const caller = toCaller(c);
  const plan = await planResponse(request, storage);
  if (request.background === true) return answerQueued(c, plan, caller, storage);
  const run = keepRun(await startResponse(plan.order, caller), plan, caller);
  return request.stream === true ? answerEvents(c, run) : answerResource(c, run);
}

/** A response that is made after this answer: as it is now, or the events that come. */
async function answerQueued(
  c: GatewayContext,
  plan: ResponsePlan,
  caller: Caller,
  storage: Storage | undefined,
): Promise<Response> {
  const { queueResponse } = await import("./background.ts");
  const queued = await queueResponse(plan, caller, storage);
  c.set("model", queued.model);
  if (plan.order.request.stream !== true) return c.json(queued);
  const following = await storage?.responses.follow(queued.id, -1);
  if (following?.outcome !== "streaming") throw new GatewayError("internal", "The response was not kept.");
  return answerRecords(c, following.body);
}

/** The response as an event stream. */
function answerEvents(c: GatewayContext, run: ResponseRun): Response {
  let isOver = false;
  return answerPieces(c, run.running, {
    async next() {
      while (!isOver) {
        const batch = await run.next();
        if (batch === undefined) {
          isOver = true;
          return { text: SSE_DONE, isUrgent: true };
        }
        const text = batch.records.map(({ type, data }) => encodeSseEvent(type, data)).join("");
        if (text !== "") return { text, isUrgent: batch.isUrgent };
      }
      return undefined;
    },
    cancel: (reason) => run.cancel(reason),
  });
}

/** The response in one piece, with a status that tells whether it failed. */
async function answerResource(c: GatewayContext, run: ResponseRun): Promise<Response> {
  while ((await run.next()) !== undefined);
  const failure = run.failure();
  if (failure !== undefined) throw failure;
  return c.json(run.response(), 200, toAnswerHeaders(c, run.running));
}
