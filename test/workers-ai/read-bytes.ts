import { readAnswer } from "../../src/workers-ai/answer.ts";
import { createCounter, readOutcome } from "../completion/outcome.ts";
import type { Outcome } from "../completion/outcome.ts";
import { toBody } from "../support/slices.ts";

/** What the gateway makes of an answer whose body comes in these chunks. */
export function readChunks(chunks: readonly Uint8Array[], maxTokens?: number): Promise<Outcome> {
  return readOutcome(readAnswer(toBody(chunks), { mintToolCallId: createCounter(), maxTokens }));
}
