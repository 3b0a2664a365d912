import { personFormat } from "../../../src/api-document/example-schemas.ts";
import { isRecord, parseJson } from "../../../src/json.ts";
import { FEW_TOKENS, get, has, is, MODEL, post, readPath } from "../check.ts";
import type { Check } from "../check.ts";

const GREETING = [{ role: "user", content: "Say hello." }];
const chat = { model: MODEL, messages: GREETING, max_completion_tokens: FEW_TOKENS };
const url = "/v1/chat/completions";

/** Chats, text completions, messages, and what is wrong with a request. */
export const completionChecks: readonly Check[] = [
  post("chat", url, chat, has("choices", 0, "message", "content")),
  {
    name: "chat, streamed",
    method: "POST",
    path: url,
    body: { ...chat, stream: true, stream_options: { include_usage: true } },
    verify: ({ text }) => {
      if (!/"finish_reason":"(?:stop|length)"/.test(text)) return "no finish reason";
      return text.endsWith("data: [DONE]\n\n") ? undefined : "no [DONE]";
    },
  },
  post(
    "chat with a tool",
    url,
    {
      model: MODEL,
      messages: [{ role: "user", content: "What is 6 times 7?" }],
      tools: [
        {
          type: "function",
          function: {
            name: "multiply",
            description: "Multiplies two numbers",
            parameters: { type: "object", properties: { a: { type: "number" }, b: { type: "number" } } },
          },
        },
      ],
      tool_choice: "required",
    },
    has("choices", 0, "message", "tool_calls", 0, "function", "arguments"),
  ),
  post(
    "chat as JSON",
    url,
    {
      model: MODEL,
      messages: [{ role: "user", content: "Extract: Ada Lovelace is 36 years old." }],
      response_format: { type: "json_schema", json_schema: personFormat },
    },
    (value) => {
      const content = readPath(value, ["choices", 0, "message", "content"]);
      return isRecord(parseJson(String(content))) ? undefined : "no JSON";
    },
  ),
  post(
    "completions",
    "/v1/completions",
    { model: MODEL, prompt: "Hello", max_tokens: FEW_TOKENS },
    has("choices", 0, "text"),
  ),
  post(
    "messages",
    "/v1/messages",
    { model: MODEL, messages: GREETING, max_tokens: FEW_TOKENS },
    has("content", 0, "text"),
    {
      headers: { "anthropic-version": "2023-06-01" },
    },
  ),
  post("count tokens", "/v1/messages/count_tokens", { model: MODEL, messages: GREETING }, has("input_tokens")),
  ...["/client/v4/accounts/any", ""].map((base) =>
    post(
      `Workers AI's own API${base === "" ? ", short" : ""}`,
      `${base}/ai/run/${MODEL}`,
      { messages: GREETING, max_tokens: FEW_TOKENS },
      (value) => has("result")(value) ?? is(true, "success")(value),
    ),
  ),
  ...["/client/v4/accounts/any", ""].map((base) =>
    get(`Workers AI's own list${base === "" ? ", short" : ""}`, `${base}/ai/models/search`, has("result")),
  ),
  post("wrong request", url, { model: MODEL, messages: "none" }, is("messages", "error", "param"), { status: 400 }),
  post("unknown model", url, { ...chat, model: "no-such-model" }, is("model_not_found", "error", "code"), {
    status: 404,
  }),
  post("wrong key", url, chat, is("invalid_api_key", "error", "code"), {
    headers: { authorization: "Bearer sk-wrong" },
    status: 401,
  }),
];
