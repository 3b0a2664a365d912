import { citySchema } from "../example-schemas.ts";
import { modelAnswer, streamParameters } from "../headers.ts";
import { eventStream, jsonBody, modelErrors } from "../operation.ts";
import type { Operation } from "../operation.ts";

const model = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
const messages = [{ role: "user", content: "Hello!" }];
const tag = "Messages";
const access = "key";

const weatherTool = {
  name: "get_weather",
  description: "The weather of a city",
  input_schema: citySchema,
};

export const messageOperations: readonly Operation[] = [
  {
    method: "post",
    path: "/v1/messages",
    id: "createMessage",
    tag,
    summary: "Answers a conversation",
    access,
    parameters: streamParameters,
    body: jsonBody("MessagesRequest", {
      text: { summary: "A text", value: { model, max_tokens: 256, messages } },
      stream: {
        summary: "A stream, by a model that reasons",
        value: {
          model: "@cf/openai/gpt-oss-20b",
          max_tokens: 1024,
          thinking: { type: "enabled", budget_tokens: 1024 },
          messages,
          stream: true,
        },
      },
      tool: {
        summary: "A tool that has to be called",
        value: {
          model,
          max_tokens: 256,
          system: "You are a weather service.",
          messages: [{ role: "user", content: [{ type: "text", text: "What is the weather in Lisbon?" }] }],
          tools: [weatherTool],
          tool_choice: { type: "any" },
        },
      },
      toolStream: {
        summary: "The same as a stream",
        value: {
          model,
          max_tokens: 256,
          messages: [{ role: "user", content: "What is the weather in Lisbon?" }],
          tools: [weatherTool],
          tool_choice: { type: "tool", name: "get_weather" },
          stream: true,
        },
      },
    }),
    answer: {
      status: 200,
      description: "The answer, or with `stream` the events that make it.",
      headers: ["request-id", ...modelAnswer],
      example: {
        id: "msg_7YpWc3RkXt9LbNqZ2sVd8HmF",
        type: "message",
        role: "assistant",
        model,
        content: [{ type: "text", text: "Hello! How can I help you today?", citations: null }],
        stop_reason: "end_turn",
        stop_sequence: null,
        stop_details: null,
        container: null,
        diagnostics: null,
        usage: {
          input_tokens: 37,
          output_tokens: 9,
          cache_creation_input_tokens: null,
          cache_read_input_tokens: null,
          cache_creation: null,
          output_tokens_details: null,
          server_tool_use: null,
          service_tier: null,
          inference_geo: null,
          speed: null,
        },
      },
      contents: {
        "application/json": "Message",
        "text/event-stream": eventStream(
          "Server-sent events: each `data:` is an event of the type that `event:` names. A stream that fails ends in an error.",
          "MessageStreamEvent",
          "MessagesError",
        ),
      },
    },
    errors: modelErrors,
    errorForm: "anthropic",
  },
  {
    method: "post",
    path: "/v1/messages/count_tokens",
    id: "countMessageTokens",
    tag,
    summary: "Counts about how many tokens a prompt is",
    description: "The model is not asked, so that it costs nothing.",
    access,
    body: jsonBody("CountTokensRequest", { text: { summary: "A text", value: { model, messages } } }),
    answer: {
      status: 200,
      description: "The estimate.",
      headers: ["request-id"],
      example: { input_tokens: 37 },
      contents: { "application/json": "TokenCount" },
    },
    errors: [400, 401, 404, 413, 415, 429, 500, 503],
    errorForm: "anthropic",
  },
];
