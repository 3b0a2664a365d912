import type { GatewayContext } from "../env.ts";
import { chatRequest } from "../openai/chat-request.ts";
import { createChatCompletionId } from "../openai/ids.ts";
import { createChatChunkRenderer } from "../translate/chat-chunks.ts";
import { toChatCompletion } from "../translate/chat-completion.ts";
import { toChatCall } from "../translate/chat-inputs.ts";
import { usesLegacyFunctions } from "../translate/tools.ts";
import { toIdentity } from "./identity.ts";
import { answerJson, answerStream } from "./answer.ts";
import { parseBody } from "./json-body.ts";
import { runOrder } from "./order.ts";

/** `POST /v1/chat/completions` */
export async function chatCompletions(c: GatewayContext): Promise<Response> {
  const request = await parseBody(c, chatRequest);
  const running = await runOrder(c, request, request.prompt_cache_key ?? request.user, (entry) =>
    toChatCall(request, entry),
  );
  const identity = toIdentity(createChatCompletionId(), running.entry);
  const form = { isLegacy: usesLegacyFunctions(request) };
  if (request.stream !== true)
    return answerJson(c, running, (completion) => toChatCompletion(completion, identity, form));
  const includeUsage = request.stream_options?.include_usage === true;
  return answerStream(c, running, createChatChunkRenderer(identity, { ...form, includeUsage }));
}
