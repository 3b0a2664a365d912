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
