import type { GatewayContext } from "../env.ts";
import { toResolutions } from "../gateway/candidates.ts";
import { inlineImages, namesImages } from "../gateway/inline-images.ts";
import { systemClock } from "../gateway/ports.ts";
import { chatRequest } from "../openai/chat-request.ts";
import type { ChatRequest } from "../openai/chat-request.ts";
import { createChatCompletionId } from "../openai/ids.ts";
import { createChatChunkRenderer } from "../translate/chat-chunks.ts";
import { toChatCompletion } from "../translate/chat-completion.ts";
import { toChatCalls } from "../translate/chat-inputs.ts";
import { toToolForm } from "../translate/tool-offer.ts";
import { answerJson, answerStream } from "./answer.ts";
import { toIdentity } from "./identity.ts";
import { parseBody } from "./json-body.ts";
import { runOrder, toCaller } from "./order.ts";

/** `POST /v1/chat/completions` */
export async function chatCompletions(c: GatewayContext): Promise<Response> {
  const request = await readRequest(c);
  const running = await runOrder(toCaller(c), request, request.prompt_cache_key ?? request.user, (entry) =>
    toChatCalls(request, entry),
  );
  const identity = toIdentity(createChatCompletionId(), running.entry);
  const form = toToolForm(request);
  if (request.stream !== true) {
    return answerJson(c, running, (completed) => toChatCompletion(completed, identity, form));
  }
  const includeUsage = request.stream_options?.include_usage === true;
  const includeObfuscation = request.stream_options?.include_obfuscation !== false;
  return answerStream(c, running, createChatChunkRenderer(identity, { ...form, includeUsage, includeObfuscation }));
}

/** The request, with the images that it names by URL fetched where one of its models reads images. */
async function readRequest(c: GatewayContext): Promise<ChatRequest> {
  const request = await parseBody(c, chatRequest);
  if (!namesImages(request)) return request;
  const { config, directory } = c.get("settings");
  const models = toResolutions([request.model, ...(request.models ?? [])], config, directory);
  if (!models.some(({ entry }) => entry.abilities.vision)) return request;
  // The runtime's own `fetch`, called as the global function that it insists on being.
  return inlineImages(request, {
    fetch: (url, init) => fetch(url, init),
    clock: systemClock,
    signal: c.req.raw.signal,
  });
}
