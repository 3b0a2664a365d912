import type { GatewayContext } from "../env.ts";
import { chatRequest } from "../openai/chat-request.ts";
import type { ChatRequest } from "../openai/chat-request.ts";
import { createChatCompletionId } from "../openai/ids.ts";
import { createChatChunkRenderer } from "../translate/chat-chunks.ts";
import { toChatCompletion } from "../translate/chat-completion.ts";
import { toChatCalls } from "../translate/chat-inputs.ts";
import type { ToConstraints } from "../translate/constraints.ts";
import { needsConstraints, needsJsonCheck } from "../translate/needed-parts.ts";
import { toToolForm } from "../translate/tool-form.ts";
import { answerJson, answerStream } from "./answer.ts";
import { toIdentity } from "./identity.ts";
import { withInlinedImages } from "./inlined-images.ts";
import { parseBody } from "./json-body.ts";
import { onDemand } from "./on-demand.ts";
import { runOrder, toCaller } from "./order.ts";
import { toUsageForm } from "./usage-form.ts";

const loadConstraints = onDemand(() => import("../translate/constraints.ts"));
const loadJsonCheck = onDemand(() => import("../translate/json-check.ts"));

/** `POST /v1/chat/completions` */
export async function chatCompletions(c: GatewayContext): Promise<Response> {
  const caller = toCaller(c);
  const request = await withInlinedImages(await parseBody(c, chatRequest), caller);
  const toConstraints = needsConstraints(request) ? await readyConstraints(request) : undefined;
  const running = await runOrder(caller, request, request.prompt_cache_key ?? request.user, (entry) =>
    toChatCalls(request, entry, toConstraints),
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

/** What translates tools and response formats, and the validator where a schema is strict. */
async function readyConstraints({ response_format: format }: ChatRequest): Promise<ToConstraints> {
  const { createConstraints } = await loadConstraints();
  return createConstraints(needsJsonCheck(format) ? (await loadJsonCheck()).createJsonCheck : undefined);
}
