import { GatewayError } from "../errors.ts";
import type { AiBinding, RunInputs, RunOptions } from "./binding.ts";
import { toErrorFromResponse, toErrorFromThrown } from "./upstream-error.ts";

/** What one call of a model says to the binding, whatever its answer will be. */
export interface UpstreamCall {
  readonly model: string;
  readonly inputs: RunInputs;
  readonly extraHeaders: Readonly<Record<string, string>>;
  /** Be refused at once where the model has no capacity, instead of waiting for it. */
  readonly rejectIfBusy: boolean;
}

/** What is read of an error answer. Messages are short; pages and dumps are not shown anyway. */
const MAX_ERROR_BYTES = 64 * 1024;

/** A 2xx answer, of which nothing but its head has been read. */
export interface OpenAnswer {
  readonly headers: Headers;
  /** The body, to be read as it comes. Throws a `GatewayError` where there is none. */
  openBody(): ReadableStream<Uint8Array>;
  /** Has the runtime read the body: a stream that nobody asks for is not made. */
  readWhole(): Promise<ArrayBuffer>;
}

/** Whether an AI Gateway gave an earlier answer again: no model was at work, and Workers AI bills nothing. */
export function isFromCache(headers: Headers): boolean {
  return headers.get("cf-aig-cache-status")?.toUpperCase() === "HIT";
}

/** Calls a model once. Rejects with a `GatewayError`, also where the answer is a refusal or has no body. */
export async function callModel(binding: AiBinding, call: UpstreamCall, signal: AbortSignal): Promise<OpenAnswer> {
  // What the runtime binds is what the configuration says, not what the type says.
  if (typeof (binding as Partial<AiBinding> | undefined)?.run !== "function") {
    throw new GatewayError("misconfigured", "The gateway has no AI binding.");
  }
  let response: Response;
  try {
    response = await run(binding, call, signal);
  } catch (error) {
    throw toErrorFromThrown(error);
  }
  if (signal.aborted) {
    // A binding that does not react to its signal answers a call that nobody waits for any more.
    response.body?.cancel().catch(() => undefined);
    throw new GatewayError("client_closed", "The call was cancelled.");
  }
  if (!response.ok) throw await readError(response);
  return {
    headers: response.headers,
    openBody: () => openBody(response),
    readWhole: () => response.arrayBuffer(),
  };
}

function openBody({ body }: Response): ReadableStream<Uint8Array> {
  if (body !== null) return body;
  throw new GatewayError("upstream_failed", "Workers AI sent an empty answer.", { retryable: true });
}

function run(binding: AiBinding, call: UpstreamCall, signal: AbortSignal): Promise<Response> {
  const options: RunOptions = {
    returnRawResponse: true,
    signal,
    extraHeaders: call.extraHeaders,
    ...(call.rejectIfBusy && { rejectIfBusy: true }),
  };
  return binding.run(call.model, call.inputs, options);
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
