import { readAnswer } from "../../src/workers-ai/answer.ts";
import type { FrameDecoderOptions } from "../../src/workers-ai/frame-decoder.ts";
import { createCounter, readOutcome } from "../completion/outcome.ts";
import type { Outcome } from "../completion/outcome.ts";
import { toBody } from "../support/slices.ts";

/** Ids that count, everything that can be wanted, and no limit. */
export function decoderOptions(): FrameDecoderOptions {
  return { mintToolCallId: createCounter(), maxTokens: undefined, wantsLogprobs: true };
}

/** What the gateway makes of an answer whose body comes in these chunks. */
export function readChunks(chunks: readonly Uint8Array[]): Promise<Outcome> {
  return readOutcome(readAnswer(toBody(chunks), decoderOptions()));
}
