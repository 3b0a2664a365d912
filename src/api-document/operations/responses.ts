import { listQuery, retrieveQuery } from "../../openai/list-query.ts";
import { citySchema, personFormat } from "../example-schemas.ts";
import { modelAnswer, modelParameters, streamParameters } from "../headers.ts";
import { eventStream, jsonBody, modelErrors, storageErrors } from "../operation.ts";
import type { Operation, Parameter } from "../operation.ts";
import { pageMembers, toQueryParameters } from "../query.ts";

const model = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
const tag = "Responses";
const access = "key";

const id: Parameter = {
  name: "id",
  in: "path",
  description: "The id of a response that was stored for the same key.",
  schema: { type: "string" },
};

const events = eventStream(
  "Server-sent events: each `data:` is an event of the type that `event:` names. Of a response that is not made in the background `[DONE]` is the last.",
  "ResponseStreamEvent",
);

export const responseOperations: readonly Operation[] = [
  {
    method: "post",
    path: "/v1/responses",
    id: "createResponse",
    tag,
    summary: "Makes a response",
    access,
    parameters: streamParameters,
    body: jsonBody("ResponseRequest", {
      text: { summary: "A text", value: { model, input: "Hello!", instructions: "Answer in one sentence." } },
      stream: { summary: "A stream", value: { model, input: "Count to 5", stream: true, store: false } },
      tool: {
        summary: "A tool that has to be called",
        value: {
          model,
          input: [{ role: "user", content: "What is the weather in Lisbon?" }],
          tools: [
            {
              type: "function",
              name: "get_weather",
              parameters: citySchema,
            },
          ],
          tool_choice: "required",
          stream: true,
        },
      },
      result: {
        summary: "The result of a call",
        value: {
          model,
          input: [
            { role: "user", content: [{ type: "input_text", text: "What is the weather in Lisbon?" }] },
            { type: "function_call", call_id: "call_1", name: "get_weather", arguments: '{"city":"Lisbon"}' },
            { type: "function_call_output", call_id: "call_1", output: '{"celsius":21}' },
          ],
        },
      },
      schema: {
        summary: "JSON that follows a schema, by a model that reasons",
        value: {
          model: "@cf/openai/gpt-oss-20b",
          input: "Extract: Ada Lovelace is 36 years old.",
          reasoning: { effort: "low" },
          text: {
            format: {
              type: "json_schema",
              ...personFormat,
            },
          },
        },
      },
      background: { summary: "A response in the background", value: { model, input: "Hello!", background: true } },
    }),
    answer: {
      status: 200,
      description: "The response, or with `stream` the events that make it.",
      headers: modelAnswer,
      example: {
        id: "resp_4kTq8WnZc2Lm7RvXb0YsPd3H",
        object: "response",
        created_at: 1795651200,
        completed_at: 1795651201,
        status: "completed",
        model,
        output: [
          {
            id: "msg_4kTq8WnZc2Lm7RvXb0YsPd3H0",
            type: "message",
            role: "assistant",
            status: "completed",
            content: [{ type: "output_text", text: "Hello! How can I help you?", annotations: [], logprobs: [] }],
          },
        ],
        usage: {
          input_tokens: 42,
          input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
          output_tokens: 8,
          output_tokens_details: { reasoning_tokens: 0 },
          total_tokens: 50,
        },
        error: null,
        incomplete_details: null,
        access_programs: null,
        background: false,
        frequency_penalty: 0,
        instructions: "Answer in one sentence.",
        max_output_tokens: null,
        max_tool_calls: null,
        metadata: {},
        parallel_tool_calls: true,
        presence_penalty: 0,
        previous_response_id: null,
        prompt_cache_key: null,
        reasoning: { effort: null, summary: null },
        safety_identifier: null,
        service_tier: "default",
        store: true,
        temperature: 1,
        text: { format: { type: "text" }, verbosity: "medium" },
        tool_choice: "auto",
        tools: [],
        top_logprobs: 0,
        top_p: 1,
        truncation: "disabled",
      },
      contents: { "application/json": "Response", "text/event-stream": events },
    },
    errors: modelErrors,
  },
  {
    method: "get",
    path: "/v1/responses",
    id: "connectResponses",
    tag,
    summary: "Opens a WebSocket",
    description:
      'The WebSocket transport of Open Responses. Each message of the client\'s is a `ResponseRequest` with `"type": "response.create"`; each event of its answer, a `ResponseStreamEvent`, is a message. With a `stream_id` in the request its events have it too. A request that fails before it has a response is answered with `{"type": "error", "status", "error"}`.',
    access,
    parameters: [
      {
        name: "upgrade",
        in: "header",
        description: "Asks for a WebSocket; without it the method is refused.",
        schema: { type: "string", const: "websocket" },
        example: "websocket",
      },
    ],
    answer: { status: 101, description: "The connection is a WebSocket." },
    errors: [401, 405, 429, 500, 503],
  },
  {
    method: "get",
    path: "/v1/responses/{id}",
    id: "retrieveResponse",
    tag,
    summary: "Shows a stored response",
    access,
    parameters: [
      id,
      ...toQueryParameters(retrieveQuery, {
        stream: {
          description:
            "`true` gives the events that made the response, for one that was made in the background as a stream.",
        },
        starting_after: {
          description: "The sequence number behind which the stream begins.",
          schema: { type: "integer", minimum: 0 },
        },
      }),
    ],
    answer: {
      status: 200,
      description: "The response as it is now, or the events that make it.",
      contents: { "application/json": "Response", "text/event-stream": events },
    },
    errors: storageErrors,
  },
  {
    method: "delete",
    path: "/v1/responses/{id}",
    id: "deleteResponse",
    tag,
    summary: "Forgets a stored response",
    description: "One that is still being made is stopped.",
    access,
    parameters: [id],
    answer: { status: 200, description: "It is gone.", contents: { "application/json": "DeletedResponse" } },
    errors: storageErrors,
  },
  {
    method: "post",
    path: "/v1/responses/{id}/cancel",
    id: "cancelResponse",
    tag,
    summary: "Stops a response in the background",
    description: "One that has ended stays as it was.",
    access,
    parameters: [id],
    answer: { status: 200, description: "The response as it is now.", contents: { "application/json": "Response" } },
    errors: storageErrors,
  },
  {
    method: "get",
    path: "/v1/responses/{id}/input_items",
    id: "listInputItems",
    tag,
    summary: "Lists the items of a stored response's request",
    description: "Without those of the responses that it continued.",
    access,
    parameters: [id, ...toQueryParameters(listQuery, pageMembers)],
    answer: { status: 200, description: "A page of them.", contents: { "application/json": "ItemList" } },
    errors: storageErrors,
  },
  {
    method: "post",
    path: "/v1/responses/input_tokens",
    id: "countInputTokens",
    tag,
    summary: "Counts about how many tokens an input is",
    description: "The model is not asked, so that it costs nothing.",
    access,
    body: jsonBody("ResponseRequest", { text: { summary: "A text", value: { model, input: "Hello!" } } }),
    answer: {
      status: 200,
      description: "The estimate.",
      headers: modelAnswer,
      contents: { "application/json": "InputTokens" },
    },
    errors: [400, 401, 404, 413, 415, 429, 500, 503],
  },
  {
    method: "post",
    path: "/v1/responses/compact",
    id: "compactResponse",
    tag,
    summary: "Makes a conversation shorter",
    description: "The model sums up what the assistant said and did; what others said stays word for word.",
    access,
    parameters: modelParameters,
    body: jsonBody("CompactRequest", {
      conversation: {
        summary: "A conversation",
        value: {
          model,
          input: [
            { role: "user", content: "What is the capital of Portugal?" },
            { role: "assistant", content: "Lisbon." },
            { role: "user", content: "And of Spain?" },
          ],
        },
      },
    }),
    answer: {
      status: 200,
      description: "What stands for the conversation in the next request.",
      headers: modelAnswer,
      contents: { "application/json": "CompactedResponse" },
    },
    errors: modelErrors,
  },
];
