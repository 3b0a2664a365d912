import type { JsonRecord } from "../../json.ts";
import { citySchema, personFormat } from "../example-schemas.ts";
import { modelAnswer, streamParameters } from "../headers.ts";
import { eventStream, jsonBody, modelErrors } from "../operation.ts";
import type { Operation } from "../operation.ts";

const model = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";

function chunks(component: string): JsonRecord {
  return eventStream(
    "Server-sent events: each `data:` is a chunk, then one is `[DONE]`. A stream that fails ends in an error, without `[DONE]`.",
    component,
    "Error",
  );
}

const weatherTool = {
  type: "function",
  function: {
    name: "get_weather",
    description: "The weather of a city",
    parameters: citySchema,
  },
};

export const completionOperations: readonly Operation[] = [
  {
    method: "post",
    path: "/v1/chat/completions",
    id: "createChatCompletion",
    tag: "Chat",
    summary: "Answers a conversation",
    access: "key",
    parameters: streamParameters,
    body: jsonBody("ChatCompletionRequest", {
      text: { summary: "A text", value: { model, messages: [{ role: "user", content: "Hello!" }] } },
      stream: {
        summary: "A stream, with the usage at its end",
        value: {
          model: "llama-3.3-70b",
          messages: [{ role: "user", content: "Count to 5" }],
          stream: true,
          stream_options: { include_usage: true },
        },
      },
      tool: {
        summary: "A tool that has to be called",
        value: {
          model,
          messages: [{ role: "user", content: "What is the weather in Lisbon?" }],
          tools: [weatherTool],
          tool_choice: "required",
        },
      },
      schema: {
        summary: "JSON that follows a schema",
        value: {
          model,
          messages: [{ role: "user", content: "Extract: Ada Lovelace is 36 years old." }],
          response_format: {
            type: "json_schema",
            json_schema: personFormat,
          },
        },
      },
      image: {
        summary: "An image",
        value: {
          model: "@cf/meta/llama-4-scout-17b-16e-instruct",
          messages: [
            {
              role: "user",
              content: [
                { type: "text", text: "What is in this image?" },
                {
                  type: "image_url",
                  image_url: {
                    url: "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
                  },
                },
              ],
            },
          ],
        },
      },
      logprobs: {
        summary: "Several answers, with log probabilities, the price and parameters of Workers AI's own",
        value: {
          model: "@cf/openai/gpt-oss-20b",
          messages: [{ role: "user", content: "Name a colour." }],
          n: 2,
          seed: 7,
          logprobs: true,
          top_logprobs: 2,
          usage: { include: true },
        },
      },
      fallback: {
        summary: "Models that are tried one after the other",
        value: {
          model: "@cf/qwen/qwen3-30b-a3b-fp8",
          models: [model],
          messages: [
            { role: "system", content: "Answer in one word." },
            { role: "user", content: "What is the capital of Portugal?" },
          ],
          temperature: 0,
          max_completion_tokens: 64,
          stop: ["\n"],
        },
      },
    }),
    answer: {
      status: 200,
      description: "The answer, or with `stream` a stream of its chunks.",
      headers: modelAnswer,
      example: {
        id: "chatcmpl-9vHn4XoDkq2TzPc6sYbRw1LmAeUgJ",
        object: "chat.completion",
        created: 1795651200,
        model,
        choices: [
          {
            index: 0,
            message: { role: "assistant", content: "Hello! How can I help you today?", refusal: null },
            logprobs: null,
            finish_reason: "stop",
          },
        ],
        usage: { prompt_tokens: 37, completion_tokens: 9, total_tokens: 46 },
      },
      contents: {
        "application/json": "ChatCompletion",
        "text/event-stream": chunks("ChatCompletionChunk"),
      },
    },
    errors: modelErrors,
  },
  {
    method: "post",
    path: "/v1/completions",
    id: "createCompletion",
    tag: "Completions",
    summary: "Continues a text",
    access: "key",
    parameters: streamParameters,
    body: jsonBody("TextCompletionRequest", {
      text: { summary: "A text", value: { model, prompt: "Once upon a time", max_tokens: 32 } },
      stream: {
        summary: "A stream of two continuations",
        value: { model, prompt: "Once upon a time", n: 2, max_tokens: 32, stream: true, echo: true },
      },
      several: {
        summary: "Several prompts, with log probabilities",
        value: { model: "@cf/openai/gpt-oss-20b", prompt: ["One,", "Two,"], logprobs: 1, stop: ["."] },
      },
    }),
    answer: {
      status: 200,
      description: "The continuations, or with `stream` a stream of their chunks.",
      headers: modelAnswer,
      example: {
        id: "cmpl-Zr5mXc2NwQe8LsVb0KtYg7PdHfJu1",
        object: "text_completion",
        created: 1795651200,
        model,
        choices: [{ text: ", in a town by the sea, there lived", index: 0, logprobs: null, finish_reason: "length" }],
        usage: { prompt_tokens: 5, completion_tokens: 32, total_tokens: 37 },
      },
      contents: {
        "application/json": "TextCompletion",
        "text/event-stream": chunks("TextCompletionChunk"),
      },
    },
    errors: modelErrors,
  },
];
