import type { CompletionEvent, CompletionStream } from "../completion/event.ts";
import { GatewayError } from "../errors.ts";
import { readAnswer } from "./answer.ts";
import type { AiBinding, RunInputs, RunOptions } from "./binding.ts";
import { toErrorFromResponse, toErrorFromThrown } from "./upstream-error.ts";

export interface Attempt {
  readonly model: string;
  readonly inputs: RunInputs;
  /** The `max_tokens` among the inputs, for answers that do not say why they ended. */
  readonly maxTokens: number | undefined;
  readonly extraHeaders: Readonly<Record<string, string>>;
  /** Be refused at once where the model has no capacity, instead of waiting for it. */
  readonly rejectIfBusy: boolean;
  readonly mintToolCallId: () => string;
  /** The caller asked for log probabilities; otherwise those that the upstream tells are left out. */
  readonly wantsLogprobs: boolean;
}

/** What is read of an error answer. Messages are short; pages and dumps are not shown anyway. */
const MAX_ERROR_BYTES = 64 * 1024;

/**
 * One call of one model. The call is made by the first `next()`, so that whoever limits the time of a read limits the
 * call with it. `cancel()` aborts the call or the answer, whichever is under way.
 */
export function startAttempt(binding: AiBinding, attempt: Attempt): CompletionStream {
  const controller = new AbortController();
  let answer: CompletionStream | undefined;

  async function open(): Promise<CompletionStream> {
    const response = await run(binding, attempt, controller.signal);
    if (controller.signal.aborted) {
      // A binding that does not react to its signal answers a call that nobody waits for any more.
      response.body?.cancel().catch(() => undefined);
      throw new GatewayError("client_closed", "The call was cancelled.");
    }
    if (!response.ok) throw await readError(response);
    if (response.body === null) {
      throw new GatewayError("upstream_failed", "Workers AI sent an empty answer.", { retryable: true });
    }
    return readAnswer(response.body, attempt);
  }

  async function openAndRead(): Promise<readonly CompletionEvent[] | undefined> {
    answer = await open();
    return answer.next();
  }

  return {
    // Not async: once the answer is there, its own promise does, without one around it.
    next() {
      return answer === undefined ? openAndRead() : answer.next();
    },
    cancel(reason) {
      answer?.cancel(reason);
      controller.abort(reason);
    },
  };
}

async function run(binding: AiBinding, attempt: Attempt, signal: AbortSignal): Promise<Response> {
  // What the runtime binds is what the configuration says, not what the type says.
  if (typeof (binding as Partial<AiBinding> | undefined)?.run !== "function") {
    throw new GatewayError("misconfigured", "The gateway has no AI binding.");
  }
  const options: RunOptions = {
    returnRawResponse: true,
    signal,
    extraHeaders: attempt.extraHeaders,
    ...(attempt.rejectIfBusy && { rejectIfBusy: true }),
  };
  try {
    return await binding.run(attempt.model, attempt.inputs, options);
  } catch (error) {
    throw toErrorFromThrown(error);
  }
}

async function readError(response: Response): Promise<GatewayError> {
  const retryAfter = Number(response.headers.get("retry-after") ?? Number.NaN);
  const retryAfterSeconds = Number.isFinite(retryAfter) && retryAfter >= 0 ? retryAfter : undefined;
  return toErrorFromResponse(response.status, await readStart(response.body), retryAfterSeconds);
}

/** The first bytes of a body as text; the rest is not waited for. */
async function readStart(body: ReadableStream<Uint8Array> | null): Promise<string> {
  if (body === null) return "";
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  try {
    for (let bytes = 0; bytes < MAX_ERROR_BYTES;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      bytes += value.length;
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    // The error answer itself broke off: its status still says what happened.
  }
  reader.cancel().catch(() => undefined);
  return text;
}
