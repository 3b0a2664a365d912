/** The inputs of bge-reranker-base, as its page gives them. */
export const RERANKER_SCHEMA = {
  type: "object",
  properties: {
    query: { type: "string", minLength: 1 },
    top_k: { type: "integer", minimum: 1 },
    contexts: {
      type: "array",
      items: { type: "object", properties: { text: { type: "string", minLength: 1 } } },
    },
  },
  required: ["query", "contexts"],
};
