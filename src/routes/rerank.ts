import type { GatewayContext } from "../env.ts";
import { createRerankId } from "../openai/ids.ts";
import { rerankRequest } from "../openai/rerank-request.ts";
import { toRankedDocuments } from "../translate/ranking.ts";
import { toRerankCalls } from "../translate/rerank-calls.ts";
import { toAnswerHeaders } from "./answer.ts";
import { parseBody } from "./json-body.ts";
import { toCaller } from "./order.ts";
import { runTaskOrder } from "./task.ts";

/** `POST /v1/rerank` */
export async function rerank(c: GatewayContext): Promise<Response> {
  const request = await parseBody(c, rerankRequest);
  const answer = await runTaskOrder(toCaller(c), {
    models: [request.model, ...(request.models ?? [])],
    toCalls: (entry) => toRerankCalls(request, entry),
  });
  const identity = { id: createRerankId(), model: answer.entry.id };
  return c.json(toRankedDocuments(answer.results, request, identity), 200, toAnswerHeaders(c, answer));
}
