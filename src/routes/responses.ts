import type { GatewayContext } from "../env.ts";
import { createResponseId } from "../openai/ids.ts";
import { responsesRequest } from "../openai/responses-request.ts";
import { encodeSseEvent, SSE_DONE } from "../stream/sse-encoder.ts";
import { answerPieces, toAnswerHeaders } from "./answer.ts";
import { parseBody } from "./json-body.ts";
import { toCaller } from "./order.ts";
import { refuseStored } from "./refuse-stored.ts";
import { startResponse } from "./response-run.ts";
import type { ResponseRun } from "./response-run.ts";

/** `POST /v1/responses` */
export async function createResponse(c: GatewayContext): Promise<Response> {
  const request = await parseBody(c, responsesRequest);
  refuseStored(request);
  const order = { id: createResponseId(), request, history: [], isStored: false };
  const run = await startResponse(order, toCaller(c));
  return request.stream === true ? answerEvents(c, run) : answerResource(c, run);
}

/** The response as an event stream. */
function answerEvents(c: GatewayContext, run: ResponseRun): Response {
  let isOver = false;
  return answerPieces(c, run.running, {
    async pull() {
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
  if (run.failure !== undefined) throw run.failure;
  return c.json(run.response, 200, toAnswerHeaders(c, run.running));
}
