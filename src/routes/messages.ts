import { countTokensRequest, messagesRequest } from "../anthropic/messages-request.ts";
import type { MessagesRequest } from "../anthropic/messages-request.ts";
import type { GatewayContext } from "../env.ts";
import { GatewayError } from "../errors.ts";
import { createImageInliner } from "../gateway/inline-images.ts";
import { createMessageId } from "../openai/ids.ts";
import { toMessageCalls } from "../translate/anthropic/message-calls.ts";
import { createMessageRenderer } from "../translate/anthropic/message-events.ts";
import { toMessage } from "../translate/anthropic/message.ts";
import type { MessageForm } from "../translate/anthropic/message.ts";
import { inlineImages, namesImages } from "../translate/anthropic/remote-images.ts";
import { countTokens } from "../translate/anthropic/token-count.ts";
import { answerJson, answerStream } from "./answer.ts";
import { toIdentity } from "./identity.ts";
import { toImagePorts } from "./inlined-images.ts";
import { parseBody } from "./json-body.ts";
import { runOrder, toCaller } from "./order.ts";
import type { Caller } from "./order.ts";

/** `POST /v1/messages`: Anthropic's Messages API. */
export async function messages(c: GatewayContext): Promise<Response> {
  const caller = toCaller(c);
  const request = await withInlinedImages(await parseBody(c, messagesRequest), caller);
  const running = await runOrder(caller, request, request.metadata?.user_id, (entry) => toMessageCalls(request, entry));
  const identity = toIdentity(createMessageId(), running.entry);
  const form = toForm(request);
  if (request.stream === true)
    return answerStream(c, running, createMessageRenderer(identity, form, c.get("requestId")));
  return answerJson(c, running, ([completion]) => {
    if (completion === undefined) throw new GatewayError("internal", "An answer without a completion.");
    return toMessage(completion, identity, form);
  });
}

/** `POST /v1/messages/count_tokens`: for the model that would be asked first. */
export async function countMessageTokens(c: GatewayContext): Promise<Response> {
  const prompt = await parseBody(c, countTokensRequest);
  const { entry } = c.get("settings").directory.resolve(prompt.model);
  c.set("model", entry.id);
  return c.json({ input_tokens: countTokens(prompt, entry) });
}

async function withInlinedImages(request: MessagesRequest, caller: Caller): Promise<MessagesRequest> {
  const ports = namesImages(request) ? toImagePorts(request, caller) : undefined;
  return ports === undefined ? request : inlineImages(request, createImageInliner(ports));
}

function toForm({ thinking, stop_sequences: stopSequences = [] }: MessagesRequest): MessageForm {
  if (thinking === undefined || thinking.type === "disabled") return { thinking: "hidden", stopSequences };
  return { thinking: thinking.display === "omitted" ? "omitted" : "shown", stopSequences };
}
