import { describe, expect, it } from "vitest";
import { createEmulatorBinding } from "../../src/emulator/binding.ts";
import type { AiBinding, RunInputs } from "../../src/workers-ai/binding.ts";
import { createTestGateway } from "../support/gateway.ts";

const MODEL = "@cf/baai/bge-reranker-base";
const query = "How do I water the garden?";
const documents = [
  "Jupiter has four large moons.",
  "The best time for watering a garden is the morning.",
  "Bread is baked of flour and water.",
];

interface Ranked {
  readonly id: string;
  readonly results: readonly {
    readonly index: number;
    readonly relevance_score: number;
    readonly document?: { readonly text: string };
  }[];
}

async function rank(request: object, binding?: AiBinding): Promise<Ranked> {
  const gateway = createTestGateway(binding === undefined ? {} : { binding });
  const response = await gateway.post("/v1/rerank", { model: MODEL, query, documents, ...request });
  expect(response.status).toBe(200);
  return response.json();
}

/** A reranker that gives these scores, in this order. */
function scoring(...scores: readonly number[]): AiBinding {
  return { run: async () => Response.json({ response: scores.map((score, id) => ({ id, score })) }) };
}

describe("a ranking", () => {
  it("has the form that Jina and Cohere share, the best document first", async () => {
    const ranked = await rank({});
    expect(ranked).toEqual({
      object: "list",
      id: expect.stringMatching(/^rerank-/),
      model: MODEL,
      results: documents.map(() => ({ index: expect.any(Number), relevance_score: expect.any(Number) })),
    });
    const scores = ranked.results.map(({ relevance_score: score }) => score);
    expect(ranked.results[0]?.index).toBe(1);
    expect(scores).toEqual(scores.toSorted((first, second) => second - first));
    expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
  });

  it("ends after top_n documents, and brings their texts on demand", async () => {
    const { results } = await rank({ top_n: 1, return_documents: true });
    expect(results).toMatchObject([{ index: 1, document: { text: documents[1] } }]);
  });

  it("takes documents that are objects with a text", async () => {
    const { results } = await rank({ documents: documents.map((text) => ({ text, id: 7 })), return_documents: true });
    expect(results[0]?.document).toEqual({ text: documents[1] });
  });

  it("goes over as many documents as are sent, in several calls", async () => {
    const emulator = createEmulatorBinding({ seed: 1 });
    const inputs: RunInputs[] = [];
    const binding: AiBinding = {
      run(model, given, options) {
        inputs.push(given);
        return emulator.run(model, given, options);
      },
    };
    const many = Array.from({ length: 250 }, (_, index) =>
      index === 203 ? "Water the garden early." : `Text ${index}`,
    );
    const { results } = await rank({ documents: many, top_n: 3 }, binding);
    expect(results).toHaveLength(3);
    expect(results[0]?.index).toBe(203);
    expect(inputs.map(({ top_k: limit }) => limit)).toEqual([100, 100, 50]);
  });

  it("tells usage where Workers AI does", async () => {
    const usage = { prompt_tokens: 9, completion_tokens: 0, total_tokens: 9 };
    const response = documents.map((_, id) => ({ id, score: 0.5 }));
    const binding: AiBinding = { run: async () => Response.json({ response, usage }) };
    expect(await rank({}, binding)).toMatchObject({ usage: { prompt_tokens: 9, total_tokens: 9 } });
  });
});

describe("scores", () => {
  it("that are logits become probabilities", async () => {
    const { results } = await rank({}, scoring(-2, 6, 0));
    expect(results.map(({ index }) => index)).toEqual([1, 2, 0]);
    expect(results.map(({ relevance_score: score }) => Number(score.toFixed(3)))).toEqual([0.998, 0.5, 0.119]);
  });

  it("that are probabilities stay what they are", async () => {
    const { results } = await rank({}, scoring(0.2, 0.9, 0.9));
    expect(results.map(({ index, relevance_score: score }) => [index, score])).toEqual([
      [1, 0.9],
      [2, 0.9],
      [0, 0.2],
    ]);
  });

  it("that are missing are an error, not a document that nobody ranked", async () => {
    const gateway = createTestGateway({ binding: scoring(1, 2), vars: { MAX_ATTEMPTS: "1" } });
    const response = await gateway.post("/v1/rerank", { model: MODEL, query, documents });
    expect(response.status).toBe(502);
  });
});

describe("what cannot be ranked", () => {
  const long = Array.from({ length: 600 }, () => "river").join(" ");

  it.each<[string, object, object]>([
    ["no query", { query: undefined }, { param: "query", code: "missing_required_parameter" }],
    ["a query that is too long", { query: long }, { param: "query", code: "context_length_exceeded" }],
    ["no documents", { documents: [] }, { param: "documents" }],
    ["an empty document", { documents: ["a", ""] }, { param: "documents[1]" }],
    ["a document without a text", { documents: [{ title: "a" }] }, { param: "documents[0].text" }],
    ["top_n of nothing", { top_n: 0 }, { param: "top_n" }],
    ["with a chat model", { model: "llama-3.3-70b" }, { param: "model", code: "invalid_value" }],
  ])("is named: %s", async (_fact, request, error) => {
    const response = await createTestGateway().post("/v1/rerank", { model: MODEL, query, documents, ...request });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error });
  });

  it("is told where only the beginning of a document is read, and where a parameter has no effect", async () => {
    const gateway = createTestGateway();
    const request = { model: MODEL, query, documents: ["a", long], max_chunks_per_doc: 3 };
    const response = await gateway.post("/v1/rerank", request);
    expect(response.headers.get("x-flaregate-parameters")).toBe("documents=adjusted, max_chunks_per_doc=ignored");
    const strict = await gateway.post("/v1/rerank", request, { "x-flaregate-strict": "true" });
    expect(strict.status).toBe(400);
  });
});
