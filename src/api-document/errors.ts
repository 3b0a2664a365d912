import type { ErrorForm } from "../env.ts";
import { GatewayError } from "../errors.ts";
import type { ErrorKind } from "../errors.ts";
import type { JsonRecord } from "../json.ts";
import { toErrorEnvelope, toErrorStatus } from "../openai/error-envelope.ts";
import type { ErrorStatus } from "../openai/error-envelope.ts";
import { errorHeaders, everyAnswer } from "./headers.ts";
import type { AnswerHeader } from "./headers.ts";

/** The answers of requests that fail: one for each status, in each of the three forms. */

const occasions: Readonly<Record<ErrorKind, string>> = {
  invalid_request: "the request is wrong",
  invalid_type: "a field is of the wrong type",
  invalid_value: "a field has a value that it may not have",
  missing_parameter: "a field is missing that has to be there",
  unsupported_parameter: "what the request asks for, the model or the gateway cannot do",
  context_length_exceeded: "the prompt does not fit into the model's window",
  content_refused: "Workers AI refused the content",
  missing_api_key: "no key came with the request",
  invalid_api_key: "the key is wrong, blocked or expired",
  model_not_found: "there is no such model",
  key_not_found: "there is no such managed key",
  not_found: "what the URL names is not stored",
  previous_response_not_found: "`previous_response_id` names none of this key's stored responses",
  storage_unavailable: "nothing is stored here, and the request needs it",
  websocket_connection_limit_reached: "the WebSocket has been open for as long as it may be",
  unknown_url: "there is no such URL",
  method_not_allowed: "the URL does not serve the method",
  body_too_large: "the body is larger than `MAX_BODY_BYTES`",
  unsupported_media_type: "the body is compressed, or of a type that is not read",
  client_closed: "the client left; only the log shows it",
  request_limit_reached: "the requests of the key, or of the address, are used up",
  token_limit_reached: "the tokens of the key are used up",
  budget_spent: "the budget of the key is spent",
  permission_denied: "the account behind the gateway may not do this",
  model_not_allowed: "the key may not use the model",
  model_agreement_required: "the account has not agreed to the model's terms",
  plan_required: "the account's plan does not include the model",
  out_of_capacity: "the model is out of capacity",
  quota_spent: "the account's allowance is spent",
  upstream_internal: "Workers AI failed inside",
  upstream_failed: "Workers AI failed to answer, or what it answered cannot be read",
  upstream_timeout: "a time limit was reached",
  json_mode_failed: "the model's answer was not what the request demands",
  keys_unavailable: "the object of a managed key did not answer",
  misconfigured: "the configuration of the gateway is wrong; its log says what",
  internal: "a fault of the gateway",
};

const names: Readonly<Partial<Record<ErrorStatus, string>>> = {
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

interface Form {
  readonly prefix: string;
  readonly schema: string;
  readonly headers: readonly AnswerHeader[];
}

const forms: Readonly<Record<ErrorForm, Form>> = {
  openai: { prefix: "", schema: "Error", headers: [] },
  anthropic: { prefix: "Messages", schema: "MessagesError", headers: ["request-id"] },
  cloudflare: { prefix: "WorkersAi", schema: "WorkersAiError", headers: [] },
};

/** The component that describes errors of a status. */
export function toErrorComponent(status: ErrorStatus, form: ErrorForm): string {
  const name = names[status];
  if (name === undefined) throw new TypeError(`no answer of an endpoint has the status ${status}`);
  return forms[form].prefix + name;
}

export function toErrorResponse(status: ErrorStatus, form: ErrorForm): JsonRecord {
  const headers = [...everyAnswer, ...forms[form].headers, ...errorHeaders(status)];
  return {
    description: toDescription(status, form),
    headers: Object.fromEntries(headers.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
    content: { "application/json": { schema: { $ref: `#/components/schemas/${forms[form].schema}` } } },
  };
}

/** When there is such an answer, by `code`. Only OpenAI's form has one. */
function toDescription(status: ErrorStatus, form: ErrorForm): string {
  const byCode = new Map<string, string[]>();
  for (const [kind, occasion] of entriesOf(occasions)) {
    if (toErrorStatus(kind) !== status) continue;
    const code = toErrorEnvelope(new GatewayError(kind, "")).error.code ?? "";
    byCode.set(code, [...(byCode.get(code) ?? []), occasion]);
  }
  if (form !== "openai") return toSentence([...byCode.values()].flat().join("; "));
  return [...byCode]
    .map(([code, reasons]) => `- ${code === "" ? "without a code" : `\`${code}\``}: ${reasons.join("; ")}`)
    .join("\n");
}

function entriesOf(record: Readonly<Record<ErrorKind, string>>): [ErrorKind, string][] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the record has every kind and nothing else
  return Object.entries(record) as [ErrorKind, string][];
}

/** Half a sentence of a table as a sentence. */
export function toSentence(text: string): string {
  const end = /[.!?]$/.test(text) ? "" : ".";
  return text.slice(0, 1).toUpperCase() + text.slice(1) + end;
}
