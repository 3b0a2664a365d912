import type { GatewayContext } from "../env.ts";
import { responsesRequest } from "../openai/responses-request.ts";
import { estimateInputTokens } from "../translate/input-tokens.ts";
import { toResponsesChat } from "../translate/responses-chat.ts";
import { toAnswerHeaders } from "./answer.ts";
import { parseBody } from "./json-body.ts";
import { readContext } from "./history.ts";
import { toCaller } from "./order.ts";
import { inResponsesNames } from "./response-run.ts";
import { openStorage } from "./storage.ts";

/** `POST /v1/responses/input_tokens`: counted here, without a call of Workers AI, and so only about right. */
export async function countInputTokens(c: GatewayContext): Promise<Response> {
  const request = await parseBody(c, responsesRequest);
  const { input, history } = await readContext(request, await openStorage(c));
  const { chat, places } = toResponsesChat({ ...request, input }, history.items);
  return inResponsesNames(places, async () => {
    const resolution = toCaller(c).settings.directory.resolve(request.model);
    const body = { object: "response.input_tokens", input_tokens: estimateInputTokens(chat, resolution.entry) };
    const parameters = new Map([["input_tokens", "emulated"]] as const);
    return c.json(body, 200, toAnswerHeaders(c, { ...resolution, attempts: 0, parameters }));
  });
}
