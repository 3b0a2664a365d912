const TEXT = {
  oneOf: [
    { type: "string", minLength: 1 },
    { type: "array", maxItems: 100, items: { type: "string", minLength: 1 } },
  ],
};

/** The inputs of the bge models, as their pages give them. */
export const EMBEDDINGS_SCHEMA = {
  type: "object",
  properties: { text: TEXT, pooling: { type: "string", enum: ["mean", "cls"] } },
  required: ["text"],
};

const FEW_TEXTS = {
  oneOf: [
    { type: "string", minLength: 1 },
    { type: "array", maxItems: 32, items: { type: "string", minLength: 1 } },
  ],
};

/** Qwen3 tells queries from documents; `text` is another name of the documents. */
export const QWEN_EMBEDDINGS_SCHEMA = {
  type: "object",
  properties: { queries: FEW_TEXTS, instruction: { type: "string" }, documents: FEW_TEXTS, text: FEW_TEXTS },
};

/** bge-m3 also scores contexts against a query. */
export const M3_EMBEDDINGS_SCHEMA = {
  type: "object",
  oneOf: [
    {
      properties: {
        query: { type: "string", minLength: 1 },
        contexts: { type: "array", items: { type: "object", properties: { text: { type: "string" } } } },
        truncate_inputs: { type: "boolean" },
      },
      required: ["contexts"],
    },
    { properties: { text: TEXT, truncate_inputs: { type: "boolean" } }, required: ["text"] },
  ],
};
