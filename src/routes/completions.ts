import type { GatewayContext } from "../env.ts";
import { completionRequest } from "../openai/completion-request.ts";
import { createTextCompletionId } from "../openai/ids.ts";
import { toPromptCalls, toPrompts } from "../translate/prompt-inputs.ts";
import { createTextChunkRenderer } from "../translate/text-chunks.ts";
import { pickBest, toTextCompletion } from "../translate/text-completion.ts";
import { countCopies } from "../translate/unserved.ts";
import { answerJson, answerStream } from "./answer.ts";
import { toIdentity } from "./identity.ts";
import { parseBody } from "./json-body.ts";
import { runOrder, toCaller } from "./order.ts";
import { toUsageForm } from "./usage-form.ts";

/** `POST /v1/completions` */
export async function completions(c: GatewayContext): Promise<Response> {
  const request = await parseBody(c, completionRequest);
  const { n = 1 } = request;
  const running = await runOrder(toCaller(c), request, request.user, (entry) => toPromptCalls(request, entry));
  const identity = toIdentity(createTextCompletionId(), running.entry);
  const prefixes = request.echo === true ? toPrompts(request, n) : [];
  const usageForm = toUsageForm(request, running.meter);
  if (request.stream !== true) {
    const copies = countCopies(request);
    return answerJson(c, running, (completed) => {
      const shown = copies > n ? pickBest(completed, n, copies) : completed;
      return toTextCompletion(shown, identity, prefixes, completed, usageForm.readCost);
    });
  }
  return answerStream(c, running, createTextChunkRenderer(identity, { ...usageForm, prefixes }));
}
