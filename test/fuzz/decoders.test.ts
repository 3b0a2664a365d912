import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keepFirstToolCall } from "../../src/completion/single-tool-call.ts";
import { cutAtStop } from "../../src/completion/stop-sequences.ts";
import { salvageToolCalls } from "../../src/completion/salvage-tool-calls.ts";
import { separateReasoning } from "../../src/completion/separate-reasoning.ts";
import { createSseDecoder } from "../../src/stream/sse-decoder.ts";
import { readAnswer } from "../../src/workers-ai/answer.ts";
import { createCounter, readOutcome, weatherTools } from "../completion/outcome.ts";
import type { Outcome } from "../completion/outcome.ts";
import { cut } from "../stream/cut.ts";
import { toBody } from "../support/slices.ts";
import { fixture, fixtureNames } from "../workers-ai/fixtures.ts";
import { decoderOptions, readChunks } from "../workers-ai/read-bytes.ts";
import { mutated } from "./mutate.ts";
import { runs } from "./runs.ts";

/** Fixtures as received, changed in up to six places, in any slices. */
const bytes = mutated(fc.constantFrom(...fixtureNames).map(fixture));
const sizes = fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1, maxLength: 12 });

function endsOf({ events, failure }: Outcome): number {
  return events.filter(({ type }) => type === "finish").length + (failure === undefined ? 0 : 1);
}

function readShaped(chunks: readonly Uint8Array[], thinking: "tagged" | "untagged"): Promise<Outcome> {
  const mintToolCallId = createCounter();
  const answer = readAnswer(toBody(chunks), { ...decoderOptions(), mintToolCallId, maxTokens: 20 });
  const spoken = salvageToolCalls(separateReasoning(answer, thinking), weatherTools, mintToolCallId);
  return readOutcome(keepFirstToolCall(cutAtStop(spoken, ["END", "lo w"])));
}

describe("a damaged answer of Workers AI", () => {
  it("is the same events however it is cut, and has one end, the last", async () => {
    await fc.assert(
      fc.asyncProperty(bytes, sizes, async (damaged, chunkSizes) => {
        const whole = await readChunks([damaged]);
        expect(endsOf(whole)).toBe(1);
        expect(await readChunks(cut(damaged, chunkSizes))).toEqual(whole);
      }),
      runs(500),
    );
  });

  it("has one end behind all that the gateway does to an answer, too", async () => {
    await fc.assert(
      fc.asyncProperty(bytes, sizes, fc.constantFrom("tagged", "untagged"), async (damaged, chunkSizes, thinking) => {
        const outcome = await readShaped(cut(damaged, chunkSizes), thinking);
        expect(endsOf(outcome)).toBe(1);
        expect(outcome.failure !== undefined || outcome.events.at(-1)?.type === "finish").toBe(true);
      }),
      runs(400),
    );
  });
});

describe("the SSE decoder", () => {
  it("gives the same records however damaged bytes are cut, and holds to its limit", () => {
    fc.assert(
      fc.property(bytes, sizes, fc.integer({ min: 16, max: 400 }), (damaged, chunkSizes, limit) => {
        expect(recordsOf(cut(damaged, chunkSizes), limit)).toEqual(recordsOf([damaged], limit));
      }),
      runs(500),
    );
  });
});

function recordsOf(chunks: readonly Uint8Array[], limit: number): readonly string[] {
  const decoder = createSseDecoder(limit);
  const records: string[] = [];
  const read = (found: readonly Uint8Array[]): void => {
    for (const record of found) {
      expect(record.length).toBeLessThanOrEqual(limit);
      records.push(new TextDecoder().decode(record));
    }
  };
  for (const chunk of chunks) {
    if (decoder.isOverLimit()) break;
    read(decoder.feed(chunk));
  }
  if (!decoder.isOverLimit()) read(decoder.end());
  return [...records, decoder.isOverLimit() ? "over" : "end"];
}
