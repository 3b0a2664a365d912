import type { GatewayContext } from "../env.ts";
import { createModerationId } from "../openai/ids.ts";
import { moderationRequest } from "../openai/moderation-request.ts";
import { toModerationCalls } from "../translate/moderation-calls.ts";
import { toModerations } from "../translate/moderation.ts";
import { toAnswerHeaders } from "./answer.ts";
import { parseBody } from "./json-body.ts";
import { toCaller } from "./order.ts";
import { runTaskOrder } from "./task.ts";

/** Answers requests that name no model, which OpenAI's own SDKs and guides leave out. */
const DEFAULT_MODEL = "@cf/meta/llama-guard-3-8b";

/** `POST /v1/moderations` */
export async function moderations(c: GatewayContext): Promise<Response> {
  const request = await parseBody(c, moderationRequest);
  const answer = await runTaskOrder(toCaller(c), {
    models: [request.model ?? DEFAULT_MODEL, ...(request.models ?? [])],
    toCalls: (entry) => toModerationCalls(request, entry),
  });
  const identity = { id: createModerationId(), model: answer.entry.id };
  return c.json(toModerations(answer.results, identity), 200, toAnswerHeaders(c, answer));
}
