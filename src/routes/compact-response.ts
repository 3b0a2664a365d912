import { collectChoices } from "../completion/choices.ts";
import type { GatewayContext } from "../env.ts";
import { createResponseId } from "../openai/ids.ts";
import { compactRequest } from "../openai/responses-request.ts";
import { toChatCalls } from "../translate/chat-inputs.ts";
import { toCompactionChat, toCompactionResource } from "../translate/compact-conversation.ts";
import { toAnswerHeaders } from "./answer.ts";
import { toIdentity } from "./identity.ts";
import { parseBody } from "./json-body.ts";
import { readContext } from "./history.ts";
import { runOrder, toCaller } from "./order.ts";
import { inResponsesNames } from "./response-run.ts";
import { openStorage } from "./storage.ts";

/** `POST /v1/responses/compact`: the model sums up the conversation. */
export async function compactResponse(c: GatewayContext): Promise<Response> {
  const request = await parseBody(c, compactRequest);
  const { input, history } = await readContext(request, await openStorage(c));
  const chat = toCompactionChat({ ...request, input }, history.items);
  // Messages of that chat are the gateway's own: all of them come from the input.
  const running = await inResponsesNames([], async () =>
    runOrder(toCaller(c), chat, request.prompt_cache_key, (entry) => toChatCalls(chat, entry, undefined)),
  );
  const [completion] = await collectChoices(running.choices);
  const identity = toIdentity(createResponseId(), running.entry);
  const body = toCompactionResource(input, history.items, completion, identity);
  return c.json(body, 200, toAnswerHeaders(c, running));
}
