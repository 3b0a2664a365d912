import type { GatewayContext } from "../env.ts";
import { embeddingRequest } from "../openai/embedding-request.ts";
import { toByteStream } from "../stream/byte-stream.ts";
import { toEmbeddingCalls } from "../translate/embedding-calls.ts";
import { renderEmbeddings } from "../translate/embedding-list.ts";
import { toAnswerHeaders } from "./answer.ts";
import { parseBody } from "./json-body.ts";
import { toCaller } from "./order.ts";
import { runTaskOrder } from "./task.ts";

/** `POST /v1/embeddings` */
export async function embeddings(c: GatewayContext): Promise<Response> {
  const request = await parseBody(c, embeddingRequest);
  const answer = await runTaskOrder(toCaller(c), {
    models: [request.model],
    toCalls: (entry) => toEmbeddingCalls(request, entry),
    // Vectors of two models cannot be compared: better none than some of another model in the caller's index.
    hasFallbacks: false,
    cacheKey: request.user,
  });
  const pieces = renderEmbeddings(answer.results, request, answer.entry.id);
  const body = toByteStream({
    next: async () => pieces.next().value ?? undefined,
    cancel: () => undefined,
  });
  return c.body(body, 200, { ...toAnswerHeaders(c, answer), "content-type": "application/json" });
}
