import type { GatewayContext } from "../env.ts";
import { completionRequest } from "../openai/completion-request.ts";
import { createTextCompletionId } from "../openai/ids.ts";
import { readPrompt, toPromptCall } from "../translate/prompt-inputs.ts";
import { createTextChunkRenderer } from "../translate/text-chunks.ts";
import { toTextCompletion } from "../translate/text-completion.ts";
import { answerJson, answerStream } from "./answer.ts";
import { toIdentity } from "./identity.ts";
import { parseBody } from "./json-body.ts";
import { runOrder } from "./order.ts";

/** `POST /v1/completions` */
export async function completions(c: GatewayContext): Promise<Response> {
  const request = await parseBody(c, completionRequest);
  const running = await runOrder(c, request, request.user, (entry) => toPromptCall(request, entry));
  const identity = toIdentity(createTextCompletionId(), running.entry);
  const prefix = request.echo === true ? readPrompt(request) : "";
  if (request.stream !== true)
    return answerJson(c, running, (completion) => toTextCompletion(completion, identity, prefix));
  const includeUsage = request.stream_options?.include_usage === true;
  return answerStream(c, running, createTextChunkRenderer(identity, { includeUsage, prefix }));
}
