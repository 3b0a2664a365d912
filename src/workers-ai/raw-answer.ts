import { GatewayError } from "../errors.ts";
import type { ByteSource } from "../stream/byte-source.ts";
import type { AiBinding } from "./binding.ts";
import { callModel } from "./call.ts";
import type { OpenAnswer, UpstreamCall } from "./call.ts";

/** An answer that is no completion: a JSON document, an image, sound, or an event stream that is passed on as it is. */
export interface RawAnswer {
  readonly headers: Headers;
  readonly body: ByteSource;
}

/** A call whose answer is read as bytes. */
export interface RawCall extends ByteSource {
  /** The headers of the answer; empty before its first chunk. */
  headers(): Headers;
}

/**
 * One call of one model. It is made by the first `next()`, so that whoever limits the time of a read limits the call
 * with it. `cancel()` aborts the call or the answer, whichever is under way.
 */
export function startRawCall(binding: AiBinding, call: UpstreamCall): RawCall {
  const controller = new AbortController();
  let answer: OpenAnswer | undefined;
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  return {
    headers() {
      return answer?.headers ?? new Headers();
    },
    async next() {
      answer ??= await callModel(binding, call, controller.signal);
      reader ??= answer.openBody().getReader();
      try {
        const { done, value } = await reader.read();
        return done ? undefined : value;
      } catch (error) {
        const message = "The connection to Workers AI was lost before the answer was complete.";
        throw new GatewayError("upstream_failed", message, { retryable: true, cause: error });
      }
    },
    cancel(reason) {
      // A body that has failed rejects its cancellation with the same failure; it has been reported by the read.
      reader?.cancel(reason).catch(() => undefined);
      controller.abort(reason);
    },
  };
}
