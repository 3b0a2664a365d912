import { toErrorBody } from "../anthropic/error-body.ts";
import type { ErrorForm } from "../env.ts";
import { GatewayError } from "../errors.ts";
import type { JsonRecord } from "../json.ts";
import { modelNotFoundError } from "../models/resolve.ts";
import { toErrorEnvelope, toErrorStatus } from "../openai/error-envelope.ts";
import type { ErrorStatus } from "../openai/error-envelope.ts";
import { toApiErrorEnvelope } from "../workers-ai/api-envelope.ts";
import { errorNotes, isErrorKind } from "./error-notes.ts";
import { errorHeaders, everyAnswer } from "./headers.ts";
import type { AnswerHeader } from "./headers.ts";
import { toReference } from "./json-schema.ts";
import { toSentence } from "./sentence.ts";

/** The answers of requests that fail: one for each status, in each of the three forms. */

const componentNames: Readonly<Partial<Record<ErrorStatus, string>>> = {
  400: "BadRequest",
  401: "Unauthorized",
  403: "Forbidden",
  404: "NotFound",
  405: "MethodNotAllowed",
  413: "TooLarge",
  415: "UnsupportedMediaType",
  429: "TooManyRequests",
  500: "ServerError",
  502: "BadGateway",
  503: "Unavailable",
  504: "Timeout",
};

/** An error of each status, as a caller gets it. */
const samples: Readonly<Partial<Record<ErrorStatus, GatewayError>>> = {
  400: new GatewayError("missing_parameter", "Missing required parameter: 'messages'.", { param: "messages" }),
  401: new GatewayError("invalid_api_key", "Incorrect API key provided."),
  403: new GatewayError("model_not_allowed", "Your API key may not use the model '@cf/openai/gpt-oss-120b'.", {
    param: "model",
  }),
  404: modelNotFoundError("gpt-5"),
  405: new GatewayError("method_not_allowed", "GET on this URL opens a WebSocket; to create a response, POST to it."),
  413: new GatewayError("body_too_large", "The request body is larger than 20971520 bytes."),
  415: new GatewayError("unsupported_media_type", "Compressed request bodies are not accepted."),
  429: new GatewayError("out_of_capacity", "The model is out of capacity at the moment; try again shortly."),
  500: new GatewayError("internal", "The gateway failed while it handled the request."),
  502: new GatewayError("upstream_failed", "Workers AI sent an answer that cannot be used."),
  503: new GatewayError("keys_unavailable", "The gateway could not ask about the API key. Please try again."),
  504: new GatewayError("upstream_timeout", "The model did not answer in time."),
};

interface Form {
  readonly prefix: string;
  readonly schema: string;
  readonly toBody: (error: GatewayError) => object;
  readonly headers: readonly AnswerHeader[];
}

const forms: Readonly<Record<ErrorForm, Form>> = {
  openai: { prefix: "", schema: "Error", toBody: toErrorEnvelope, headers: [] },
  anthropic: {
    prefix: "Messages",
    schema: "MessagesError",
    toBody: (error) => toErrorBody(error, "req_5f0c6d1e9a2b4c7f8e3d2a1b0c9f8e7d"),
    headers: ["request-id"],
  },
  cloudflare: { prefix: "WorkersAi", schema: "WorkersAiError", toBody: toApiErrorEnvelope, headers: [] },
};

/** The component that describes errors of a status. */
export function toErrorComponent(status: ErrorStatus, form: ErrorForm): string {
  const name = componentNames[status];
  if (name === undefined) throw new TypeError(`no answer of an endpoint has the status ${status}`);
  return forms[form].prefix + name;
}

export function toErrorResponse(status: ErrorStatus, form: ErrorForm): JsonRecord {
  const { headers, schema, toBody } = forms[form];
  const names = [...everyAnswer, ...headers, ...errorHeaders(status)];
  const sample = samples[status];
  return {
    description: toDescription(status, form),
    headers: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
    content: {
      "application/json": {
        schema: { $ref: toReference(schema) },
        ...(sample !== undefined && { example: toBody(sample) }),
      },
    },
  };
}

/** When there is such an answer, by `code`. Only OpenAI's form has one. */
function toDescription(status: ErrorStatus, form: ErrorForm): string {
  const byCode = new Map<string, string[]>();
  for (const kind of Object.keys(errorNotes).filter(isErrorKind)) {
    if (toErrorStatus(kind) !== status) continue;
    const code = toErrorEnvelope(new GatewayError(kind, "")).error.code ?? "";
    byCode.set(code, [...(byCode.get(code) ?? []), errorNotes[kind].when]);
  }
  if (form !== "openai") return toSentence([...byCode.values()].flat().join("; "));
  return [...byCode]
    .map(([code, reasons]) => `- ${code === "" ? "without a code" : `\`${code}\``}: ${reasons.join("; ")}`)
    .join("\n");
}
