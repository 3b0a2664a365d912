const text = { type: "string" };
const penalty = { type: "number", minimum: 0, maximum: 2 };

const sampling = {
  stream: { type: "boolean" },
  max_tokens: { type: "integer" },
  temperature: { type: "number", minimum: 0, maximum: 5 },
  top_p: penalty,
  top_k: { type: "integer", minimum: 1, maximum: 50 },
  seed: { type: "integer", minimum: 1, maximum: 9_999_999_999 },
  repetition_penalty: penalty,
  frequency_penalty: penalty,
  presence_penalty: penalty,
};

const promptForm = {
  properties: {
    prompt: { type: "string", minLength: 1, maxLength: 131_072 },
    raw: { type: "boolean" },
    lora: text,
    ...sampling,
  },
  required: ["prompt"],
};

const messagesForm = {
  properties: {
    messages: {
      type: "array",
      items: {
        type: "object",
        properties: { role: text, content: { type: "string", maxLength: 131_072 } },
        required: ["role", "content"],
      },
    },
    functions: {
      type: "array",
      items: { type: "object", properties: { name: text, code: text }, required: ["name", "code"] },
    },
    // Of what tools may be, Workers AI enforces nothing but that they are objects.
    tools: { type: "array", items: { type: "object" } },
    ...sampling,
  },
  required: ["messages"],
};

/** The inputs of Llama 3.3 70B, as published, without their descriptions and defaults. */
export const LLAMA_SCHEMA = { type: "object", oneOf: [promptForm, messagesForm] };
