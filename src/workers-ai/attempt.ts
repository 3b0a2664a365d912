import type { CompletionEvent, CompletionStream } from "../completion/event.ts";
import { readFrom } from "../stream/source.ts";
import { readAnswer } from "./answer.ts";
import type { AiBinding } from "./binding.ts";
import { callModel, isFromCache } from "./call.ts";
import type { UpstreamCall } from "./call.ts";
import { isWholeAnswer, readWholeAnswer } from "./whole-answer.ts";

export interface Attempt extends UpstreamCall {
  /** The `max_tokens` among the inputs, for answers that do not say why they ended. */
  readonly maxTokens: number | undefined;
  readonly mintToolCallId: () => string;
  /** The caller asked for log probabilities; otherwise those that the upstream tells are left out. */
  readonly wantsLogprobs: boolean;
}

export interface RunningAttempt extends CompletionStream {
  /** Whether the answer is an earlier one; false before it is there. */
  isFromCache(): boolean;
}

/**
 * One call of one model for a completion. The call is made by the first `next()`, so that whoever limits the time of a
 * read limits the call with it. `cancel()` aborts the call or the answer, whichever is under way.
 */
export function startAttempt(binding: AiBinding, attempt: Attempt): RunningAttempt {
  const controller = new AbortController();
  let answer: CompletionStream | undefined;
  let isCached = false;

  async function openAndRead(): Promise<readonly CompletionEvent[] | undefined> {
    const opened = await callModel(binding, attempt, controller.signal);
    isCached = isFromCache(opened.headers);
    answer = isWholeAnswer(opened.headers) ? readWholeAnswer(opened, attempt) : readAnswer(opened.openBody(), attempt);
    return answer.next();
  }

  return {
    next() {
      return answer === undefined ? openAndRead() : answer.next();
    },
    read(take, fail) {
      if (answer === undefined) openAndRead().then(take, fail);
      else readFrom(answer, take, fail);
    },
    isFromCache() {
      return isCached;
    },
    cancel(reason) {
      answer?.cancel(reason);
      controller.abort(reason);
    },
  };
}
