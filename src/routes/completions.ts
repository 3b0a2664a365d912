import type { GatewayContext } from "../env.ts";
import { completionRequest } from "../openai/completion-request.ts";
import { createTextCompletionId } from "../openai/ids.ts";
import { toPromptCalls, toPrompts } from "../translate/prompt-inputs.ts";
import { createTextChunkRenderer } from "../translate/text-chunks.ts";
import { toTextCompletion } from "../translate/text-completion.ts";
import { answerJson, answerStream } from "./answer.ts";
import { toIdentity } from "./identity.ts";
import { parseBody } from "./json-body.ts";
import { runOrder } from "./order.ts";

/** `POST /v1/completions` */
export async function completions(c: GatewayContext): Promise<Response> {
  const request = await parseBody(c, completionRequest);
  const running = await runOrder(c, request, request.user, (entry) => toPromptCalls(request, entry));
  const identity = toIdentity(createTextCompletionId(), running.entry);
  const prefixes = request.echo === true ? toPrompts(request) : [];
  if (request.stream !== true) {
    return answerJson(c, running, (completed) => toTextCompletion(completed, identity, prefixes));
  }
  const includeUsage = request.stream_options?.include_usage === true;
  return answerStream(c, running, createTextChunkRenderer(identity, { includeUsage, prefixes }));
}
