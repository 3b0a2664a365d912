import type { CompletionEvent, CompletionStream } from "../completion/event.ts";
import type { ByteSource } from "../stream/byte-source.ts";
import { createAnswerDecoder } from "../workers-ai/answer-decoder.ts";
import type { AnswerDecoder } from "../workers-ai/answer-decoder.ts";
import type { CountedCall } from "./call-tally.ts";
import type { CallMeter } from "./meter.ts";

/** An event stream that is given on as it comes, byte for byte, and counted as a completion is on its way. */
export function meterEvents(body: ByteSource, about: CountedCall, meter: CallMeter): ByteSource {
  let decoder: AnswerDecoder | undefined = createAnswerDecoder({
    mintToolCallId: () => "",
    maxTokens: undefined,
    wantsLogprobs: false,
  });
  let chunk: Uint8Array | undefined;

  /** What cannot be read is not counted, and is the client's to read all the same. */
  function decode(events: CompletionEvent[]): void {
    try {
      if (chunk === undefined) decoder?.end(events);
      else decoder?.feed(chunk, events);
    } catch {
      decoder = undefined;
    }
  }

  const events: CompletionStream = {
    async next() {
      const found: CompletionEvent[] = [];
      chunk = await body.next();
      decode(found);
      return found;
    },
    cancel: (reason) => body.cancel(reason),
  };
  const counted = meter.countCall(events, about);
  return {
    async next() {
      await counted.next();
      return chunk;
    },
    cancel: (reason) => counted.cancel(reason),
  };
}
