import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GatewayError } from "../../src/errors.ts";
import { collectBytes } from "../../src/stream/byte-source.ts";
import { readEmbeddings } from "../../src/workers-ai/read-embeddings.ts";
import { readRanking } from "../../src/workers-ai/read-ranking.ts";
import { readRawResult } from "../../src/workers-ai/read-raw-result.ts";
import { readVerdict } from "../../src/workers-ai/read-verdict.ts";
import { jsonAnswer, slicedAnswer } from "./task-answer.ts";

const cuts = fc.array(fc.nat(), { maxLength: 5 });

/** Nearly an answer: some of its members are anything. */
const nearly = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.record(
    {
      data: fc.oneof(fc.array(fc.array(fc.oneof(fc.double(), fc.constant(null)))), fc.jsonValue()),
      response: fc.oneof(
        fc.array(fc.record({ id: fc.oneof(fc.nat(3), fc.string()), score: fc.oneof(fc.double(), fc.string()) })),
        fc.record({ safe: fc.oneof(fc.boolean(), fc.string()), categories: fc.jsonValue() }),
        fc.constantFrom("safe", "unsafe", "unsafe\nS1", "unsafe\nS1, S2", "SAFE", "unsafely"),
        fc.jsonValue(),
      ),
      usage: fc.jsonValue({ maxDepth: 2 }),
    },
    { requiredKeys: [] },
  ),
);

async function outcomeOf<Result>(reading: Promise<Result>): Promise<Result | "failed"> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof GatewayError) return "failed";
    throw error;
  }
}

describe("whatever a model answers", () => {
  it("is a vector of numbers for each text, or a failure", async () => {
    const property = fc.asyncProperty(nearly, cuts, fc.nat(3), async (value, places, texts) => {
      const read = await outcomeOf(readEmbeddings(jsonAnswer(value, places), texts));
      const vectors = read === "failed" ? [] : read.vectors;
      expect(vectors).toHaveLength(read === "failed" ? 0 : texts);
      expect(vectors.flat().every((number) => Number.isFinite(number))).toBe(true);
    });
    await expect(fc.assert(property, { seed: 1, numRuns: 500 })).resolves.toBeUndefined();
  });

  it("is a score for each document, or a failure", async () => {
    const property = fc.asyncProperty(nearly, fc.nat(3), async (value, contexts) => {
      const read = await outcomeOf(readRanking(jsonAnswer(value), contexts));
      const scores = read === "failed" ? [] : read.scores;
      expect(scores).toHaveLength(read === "failed" ? 0 : contexts);
      expect(scores.every((score) => Number.isFinite(score))).toBe(true);
    });
    await expect(fc.assert(property, { seed: 2, numRuns: 500 })).resolves.toBeUndefined();
  });

  it("is a verdict that the answer holds, or a failure", async () => {
    const property = fc.asyncProperty(nearly, async (value) => {
      const read = await outcomeOf(readVerdict(jsonAnswer(value)));
      const text = JSON.stringify(value).toLowerCase();
      expect(read === "failed" || text.includes(read.isSafe ? "safe" : "unsafe") || text.includes('"safe":false')).toBe(
        true,
      );
    });
    await expect(fc.assert(property, { seed: 3, numRuns: 500 })).resolves.toBeUndefined();
  });

  it("is given on with every byte, wherever the network cut it", async () => {
    const types = fc.constantFrom("image/png", "text/event-stream", "text/event-stream; charset=utf-8");
    const property = fc.asyncProperty(fc.uint8Array({ maxLength: 64 }), cuts, types, async (bytes, places, type) => {
      const result = await readRawResult(slicedAnswer(bytes, places, type));
      const body = result.kind === "body" ? await collectBytes(result.body, 100) : undefined;
      expect(body).toEqual(bytes);
    });
    await expect(fc.assert(property, { seed: 4, numRuns: 300 })).resolves.toBeUndefined();
  });

  it("is given on as the JSON text that it is", async () => {
    const property = fc.asyncProperty(fc.jsonValue({ maxDepth: 3 }), cuts, async (value, places) => {
      const text = JSON.stringify({ response: value });
      const result = await readRawResult(slicedAnswer(new TextEncoder().encode(text), places, "application/json"));
      expect(result).toMatchObject({ kind: "json", text });
    });
    await expect(fc.assert(property, { seed: 5, numRuns: 300 })).resolves.toBeUndefined();
  });
});
