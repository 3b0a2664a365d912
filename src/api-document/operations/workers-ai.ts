import { searchQuery } from "../../translate/search-query.ts";
import { modelAnswer, modelParameters } from "../headers.ts";
import { modelErrors } from "../operation.ts";
import type { Operation, Parameter } from "../operation.ts";
import { toQueryParameters } from "../query.ts";

const tag = "Workers AI";
const access = "key";
const bytes = {};

const account: Parameter = {
  name: "account",
  in: "path",
  description: "Anything: the key decides, and the account that pays is the gateway's.",
  schema: { type: "string" },
  example: "any-account",
};

const model: Parameter = {
  name: "model",
  in: "path",
  description: "An id or an alias. The slashes of an id may be encoded, or stand as they are.",
  schema: { type: "string" },
  example: "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
};

const affinity: Parameter = {
  name: "x-session-affinity",
  in: "header",
  description: "Requests with the same text go to the same machine. It is passed on as a hash.",
  schema: { type: "string" },
};

const messages = [{ role: "user", content: "Hello!" }];

const whole = { type: "integer", minimum: 1 };

const searchParameters = toQueryParameters(searchQuery, {
  author: { description: "Whose models." },
  hide_experimental: { description: "Leaves out experimental models." },
  page: { description: "Which page.", schema: whole },
  per_page: { description: "How many models are on a page.", schema: whole },
  search: { description: "A text of the model's name or description." },
  source: { description: "A number of Cloudflare's for where models come from.", schema: whole },
  task: { description: "What models do, in Cloudflare's words: `Text Generation`." },
});

/** Both stand at the paths of Cloudflare's API, and at their ends alone. */
function at(base: string, suffix: string, before: readonly Parameter[]): readonly Operation[] {
  return [
    {
      method: "post",
      path: `${base}/run/{model}`,
      id: `runModel${suffix}`,
      tag,
      summary: "Runs a model with Workers AI's own inputs",
      description: "The inputs are those of the model's page. A body that is no JSON is a sound or a picture.",
      access,
      parameters: [...before, model, affinity, ...modelParameters],
      body: {
        contents: {
          "application/json": { type: "object" },
          "multipart/form-data": { type: "object" },
          "application/octet-stream": bytes,
        },
        examples: {
          messages: { summary: "A conversation", value: { messages } },
          stream: { summary: "A stream", value: { messages, stream: true } },
        },
      },
      answer: {
        status: 200,
        description: "JSON in Cloudflare's envelope; event streams, images and sound as they are.",
        headers: modelAnswer,
        contents: {
          "application/json": "WorkersAiResult",
          "text/event-stream": { description: "The records of the model, byte for byte." },
          "image/*": bytes,
          "audio/*": bytes,
        },
      },
      errors: modelErrors,
      errorForm: "cloudflare",
    },
    {
      method: "get",
      path: `${base}/models/search`,
      id: `searchModels${suffix}`,
      tag,
      summary: "Workers AI's own list of its models",
      access,
      parameters: [...before, ...searchParameters],
      answer: { status: 200, description: "A page of it.", contents: { "application/json": "WorkersAiResult" } },
      errors: [400, 401, 429, 500, 502, 503],
      errorForm: "cloudflare",
    },
  ];
}

export const workersAiOperations: readonly Operation[] = [
  ...at("/client/v4/accounts/{account}/ai", "", [account]),
  ...at("/ai", "AtShortPath", []),
];
