/** The inputs of Llama Guard, as its page gives them. */
export const GUARD_SCHEMA = {
  type: "object",
  properties: {
    messages: {
      type: "array",
      items: {
        type: "object",
        properties: { role: { type: "string", enum: ["user", "assistant"] }, content: { type: "string" } },
        required: ["role", "content"],
      },
    },
    max_tokens: { type: "integer" },
    temperature: { type: "number", minimum: 0, maximum: 5 },
    response_format: { type: "object", properties: { type: { type: "string" } } },
  },
  required: ["messages"],
};
