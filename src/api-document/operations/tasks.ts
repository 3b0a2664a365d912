import { modelAnswer, modelParameters } from "../headers.ts";
import { jsonBody, modelErrors } from "../operation.ts";
import type { Operation } from "../operation.ts";

const access = "key";

export const taskOperations: readonly Operation[] = [
  {
    method: "post",
    path: "/v1/embeddings",
    id: "createEmbeddings",
    tag: "Embeddings",
    summary: "Makes vectors of texts",
    access,
    parameters: modelParameters,
    body: jsonBody("EmbeddingRequest", {
      texts: {
        summary: "Two texts",
        value: { model: "bge-m3", input: ["The river is wide.", "Jupiter has moons."] },
      },
      base64: {
        summary: "A shorter vector, as base64",
        value: {
          model: "@cf/google/embeddinggemma-300m",
          input: "The river is wide.",
          encoding_format: "base64",
          dimensions: 128,
        },
      },
    }),
    answer: {
      status: 200,
      description: "A vector for each text, in their order.",
      headers: modelAnswer,
      example: {
        object: "list",
        data: [
          { object: "embedding", index: 0, embedding: [0.0123, -0.0456, 0.0789] },
          { object: "embedding", index: 1, embedding: [-0.0321, 0.0654, 0.0987] },
        ],
        model: "@cf/baai/bge-m3",
      },
      contents: { "application/json": "EmbeddingList" },
    },
    errors: modelErrors,
  },
  {
    method: "post",
    path: "/v1/rerank",
    id: "rankDocuments",
    tag: "Ranking",
    summary: "Ranks documents by a query",
    description: "In the form that Jina and Cohere share.",
    access,
    parameters: modelParameters,
    body: jsonBody("RerankRequest", {
      texts: {
        summary: "Two documents",
        value: {
          model: "bge-reranker-base",
          query: "How do I water the garden?",
          documents: ["Jupiter has moons.", { text: "Water the garden early." }],
          return_documents: true,
        },
      },
      best: {
        summary: "The best of them alone",
        value: { model: "bge-reranker-base", query: "rivers", documents: ["A river.", "A moon."], top_n: 1 },
      },
    }),
    answer: {
      status: 200,
      description: "The documents by their scores.",
      headers: modelAnswer,
      example: {
        object: "list",
        id: "rerank-q8LtVb2XnWc5RkYs0ZmPd7HfJeUgT",
        model: "@cf/baai/bge-reranker-base",
        results: [
          { index: 1, relevance_score: 0.98, document: { text: "Water the garden early." } },
          { index: 0, relevance_score: 0.01, document: { text: "Jupiter has moons." } },
        ],
      },
      contents: { "application/json": "Ranking" },
    },
    errors: modelErrors,
  },
  {
    method: "post",
    path: "/v1/moderations",
    id: "createModeration",
    tag: "Moderation",
    summary: "Judges texts",
    access,
    parameters: modelParameters,
    body: jsonBody("ModerationRequest", {
      texts: { summary: "Two texts", value: { input: ["I love my garden.", "I want to kill them."] } },
    }),
    answer: {
      status: 200,
      description: "A verdict for each text.",
      headers: modelAnswer,
      contents: { "application/json": "ModerationList" },
    },
    errors: modelErrors,
  },
];
