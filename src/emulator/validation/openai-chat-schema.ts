/*
 * OpenAI's chat fields as the newer models take them. Content may be null, a text or parts, and members that are not
 * listed pass: only a wrong type or a value out of range is refused.
 */
const MESSAGES = {
  type: "array",
  items: { type: "object", properties: { role: { type: "string" } }, required: ["role"] },
};

const FIELDS = {
  temperature: { type: "number", minimum: 0, maximum: 2 },
  top_p: { type: "number", minimum: 0, maximum: 1 },
  frequency_penalty: { type: "number", minimum: -2, maximum: 2 },
  presence_penalty: { type: "number", minimum: -2, maximum: 2 },
  max_tokens: { type: "integer", minimum: 0 },
  max_completion_tokens: { type: "integer", minimum: 0 },
  n: { type: "integer", minimum: 1 },
  top_logprobs: { type: "integer", minimum: 0, maximum: 20 },
  seed: { type: "integer" },
  stream: { type: "boolean" },
  logprobs: { type: "boolean" },
  parallel_tool_calls: { type: "boolean" },
  stream_options: { type: "object", properties: { include_usage: { type: "boolean" } } },
  reasoning_effort: { type: "string" },
  user: { type: "string" },
};

/** Null counts as absent on these models: take null members out before validating. */
export const OPENAI_CHAT_SCHEMA = {
  type: "object",
  properties: { messages: MESSAGES, ...FIELDS },
  required: ["messages"],
};

const INPUT = {
  anyOf: [
    { type: "string" },
    { type: "array", items: { type: "object", properties: { type: { type: "string" }, role: { type: "string" } } } },
  ],
};

/** gpt-oss takes the Responses form too. */
export const RESPONSES_OR_CHAT_SCHEMA = {
  type: "object",
  oneOf: [
    { title: "Chat", properties: { messages: MESSAGES, ...FIELDS }, required: ["messages"] },
    {
      title: "Responses",
      properties: { input: INPUT, instructions: { type: "string" }, stream: { type: "boolean" } },
      required: ["input"],
    },
  ],
};
