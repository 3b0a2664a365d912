import packageFile from "../../package.json" with { type: "json" };
import type { JsonRecord } from "../json.ts";
import { toErrorComponent, toErrorResponse } from "./errors.ts";
import { answerHeaders, everyAnswer, sharedParameters } from "./headers.ts";
import { toReference } from "./json-schema.ts";
import type { Contents, Operation, Parameter } from "./operation.ts";
import { adminOperations } from "./operations/admin.ts";
import { completionOperations } from "./operations/completions.ts";
import { conversationOperations } from "./operations/conversations.ts";
import { mediaOperations } from "./operations/media.ts";
import { messageOperations } from "./operations/messages.ts";
import { modelOperations } from "./operations/models.ts";
import { responseOperations } from "./operations/responses.ts";
import { serviceOperations } from "./operations/service.ts";
import { taskOperations } from "./operations/tasks.ts";
import { workersAiOperations } from "./operations/workers-ai.ts";
import { toSchemaComponents } from "./schemas.ts";

/**
 * The OpenAPI document of the whole service. `npm run docs` writes it to `docs/openapi.json`, and `npm run pages` puts
 * it among the static files from which the Worker serves it: nothing of this folder is part of the deployed Worker.
 */

const operations: readonly Operation[] = [
  ...completionOperations,
  ...responseOperations,
  ...conversationOperations,
  ...messageOperations,
  ...taskOperations,
  ...mediaOperations,
  ...modelOperations,
  ...workersAiOperations,
  ...adminOperations,
  ...serviceOperations,
];

const tags = {
  Chat: "OpenAI's chat completions.",
  Completions: "OpenAI's text completions.",
  Responses: "OpenAI's Responses API, and Open Responses.",
  Conversations: "What responses continue.",
  Messages: "Anthropic's Messages API.",
  Embeddings: "Vectors of texts.",
  Ranking: "Documents by their relevance.",
  Moderation: "Texts, judged.",
  Images: "Images from texts.",
  Audio: "Speech from texts, and texts from speech.",
  Models: "What can be called.",
  "Workers AI": "Workers AI's own API.",
  Admin: "Managed keys, and what they used.",
  Service: "The gateway itself.",
};

const security = {
  key: [{ bearer: [] }, { apiKey: [] }],
  admin: [{ admin: [] }],
  none: [],
} satisfies Record<Operation["access"], JsonRecord[]>;

const securitySchemes = {
  bearer: {
    type: "http",
    scheme: "bearer",
    description: "One of `API_KEYS`, or a managed key. Where the gateway has `ALLOW_ANONYMOUS`, none is needed.",
  },
  apiKey: {
    type: "apiKey",
    in: "header",
    name: "x-api-key",
    description: "The same key, as Anthropic's SDKs send it.",
  },
  admin: { type: "http", scheme: "bearer", description: "The gateway's `ADMIN_KEY`." },
};

export function toApiDocument(): JsonRecord {
  return {
    openapi: "3.1.1",
    info: {
      title: "Flaregate",
      version: packageFile.version,
      summary: "Workers AI through OpenAI's API",
      description:
        "What a description of a field says is what happens to it here. Members that are not described are accepted and dropped, but for those of the admin API, which refuses them. " +
        "A parameter that was not honoured as it stands is named in the header `x-flaregate-parameters`. " +
        "The API answers without the prefix `/v1` as well.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/", description: "The gateway that serves this document" }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths: toPaths(),
    components: {
      schemas: toSchemaComponents(),
      responses: toErrorResponses(),
      parameters: sharedParameters,
      headers: answerHeaders,
      securitySchemes,
    },
  };
}

function toPaths(): JsonRecord {
  const paths: Record<string, JsonRecord> = {};
  for (const operation of operations) {
    const path = (paths[operation.path] ??= {});
    if (operation.method in path) throw new TypeError(`${operation.method} ${operation.path} is there twice`);
    path[operation.method] = toOperationObject(operation);
  }
  return paths;
}

function toOperationObject(operation: Operation): JsonRecord {
  const { id, tag, summary, description, access, parameters, body, answer, errors, errorForm = "openai" } = operation;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    security: security[access],
    ...(parameters !== undefined && { parameters: parameters.map(toParameterObject) }),
    ...(body !== undefined && { requestBody: toRequestBody(body) }),
    responses: {
      [answer.status]: {
        description: answer.description,
        headers: toHeaders([...everyAnswer, ...(answer.headers ?? [])]),
        ...(answer.contents !== undefined && {
          content: toContent(answer.contents, answer.example !== undefined && { example: answer.example }),
        }),
      },
      ...Object.fromEntries(
        errors.map((status) => [status, { $ref: `#/components/responses/${toErrorComponent(status, errorForm)}` }]),
      ),
    },
  };
}

function toRequestBody({ isOptional = false, contents, examples }: NonNullable<Operation["body"]>): JsonRecord {
  return { required: !isOptional, content: toContent(contents, examples !== undefined && { examples }) };
}

function toParameterObject(parameter: string | Parameter): JsonRecord {
  if (typeof parameter === "string") return { $ref: `#/components/parameters/${parameter}` };
  return { ...parameter, required: parameter.in === "path" };
}

function toHeaders(names: readonly string[]): JsonRecord {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

/** Bodies by their content types; the first of them with its examples. */
function toContent(contents: Contents, examples: JsonRecord | false): Record<string, JsonRecord> {
  return Object.fromEntries(
    Object.entries(contents).map(([type, schema], index) => [
      type,
      { schema: toSchema(schema), ...(index === 0 && examples) },
    ]),
  );
}

function toSchema(schema: string | JsonRecord): JsonRecord {
  return typeof schema === "string" ? { $ref: toReference(schema) } : schema;
}

/** The answers of requests that fail: those that some operation has. */
function toErrorResponses(): Record<string, JsonRecord> {
  const responses: Record<string, JsonRecord> = {};
  for (const { errors, errorForm = "openai" } of operations) {
    for (const status of errors) responses[toErrorComponent(status, errorForm)] ??= toErrorResponse(status, errorForm);
  }
  return responses;
}
