import type { GatewayContext } from "../env.ts";
import { chatRequest } from "../openai/chat-request.ts";
import { createChatCompletionId } from "../openai/ids.ts";
import { createChatChunkRenderer } from "../translate/chat-chunks.ts";
import { toChatCompletion } from "../translate/chat-completion.ts";
import { toChatCalls } from "../translate/chat-inputs.ts";
import { needsJsonCheck } from "../translate/response-format.ts";
import { toToolForm } from "../translate/tool-offer.ts";
import { answerJson, answerStream } from "./answer.ts";
import { toIdentity } from "./identity.ts";
import { withInlinedImages } from "./inlined-images.ts";
import { parseBody } from "./json-body.ts";
import { runOrder, toCaller } from "./order.ts";
import { toUsageForm } from "./usage-form.ts";

/** `POST /v1/chat/completions` */
export async function chatCompletions(c: GatewayContext): Promise<Response> {
  const caller = toCaller(c);
  const request = await withInlinedImages(await parseBody(c, chatRequest), caller);
  const createCheck = needsJsonCheck(request.response_format)
    ? (await import("../translate/json-check.ts")).createJsonCheck
    : undefined;
  const running = await runOrder(caller, request, request.prompt_cache_key ?? request.user, (entry) =>
    toChatCalls(request, entry, createCheck),
  );
  const identity = toIdentity(createChatCompletionId(), running.entry);
  const form = toToolForm(request);
  const usageForm = toUsageForm(request, running.meter);
  if (request.stream !== true) {
    return answerJson(c, running, (completed) => toChatCompletion(completed, identity, form, usageForm.readCost));
  }
  const includeObfuscation = request.stream_options?.include_obfuscation !== false;
  return answerStream(c, running, createChatChunkRenderer(identity, { ...form, ...usageForm, includeObfuscation }));
}
