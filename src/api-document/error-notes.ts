import type { ErrorKind } from "../errors.ts";

/** What a caller wants to know of an error beside what is on the wire; for `docs/errors.md` and the OpenAPI document. */
interface ErrorNote {
  /** What `param` is: names of parameters, or words. */
  readonly param: string;
  readonly when: string;
  readonly remedy: string;
}

const NONE = "null";
const FIELD = "the field at fault";
const MODEL = "`model`";

/** In the order of their statuses. A kind that is missing here is an error of the compiler. */
export const errorNotes = {
  missing_parameter: {
    param: FIELD,
    when: "a parameter that is required is not there",
    remedy: "send it",
  },
  invalid_type: {
    param: FIELD,
    when: "a value has another type than the one that the message names",
    remedy: "correct the value",
  },
  invalid_value: {
    param: FIELD,
    when: "a value is none of those that are possible, out of its range, or does not go with another: a tool that is not offered, an image that cannot be fetched, a model of another task",
    remedy: "the message says what is possible",
  },
  unsupported_parameter: {
    param: FIELD,
    when: "the model, or this gateway, cannot do what is asked; in strict mode also what would otherwise be ignored",
    remedy: "leave it out, or take a model that [models.md](models.md) shows with it",
  },
  invalid_request: {
    param: "the field at fault, or null",
    when: "the body is no JSON object, too deep, or out of order in itself (a tool's result without its call); or Workers AI refused the request",
    remedy: "the message says what is wrong",
  },
  context_length_exceeded: {
    param: "`messages`, `prompt`, `input` or the text at fault",
    when: "prompt and answer do not fit into the model's window",
    remedy: 'shorten the prompt, take a model with a larger window, or with responses `truncation: "auto"`',
  },
  content_refused: { param: NONE, when: "Workers AI refused the content", remedy: "change the content" },
  previous_response_not_found: {
    param: "`previous_response_id`",
    when: "the id names none of this key's stored responses",
    remedy: "send the conversation again, without the id",
  },
  storage_unavailable: {
    param: "the parameter that needs storage, or null",
    when: "nothing is stored here, and the request needs it",
    remedy: "send the conversation with each request; the operator can turn storage on",
  },
  websocket_connection_limit_reached: {
    param: NONE,
    when: "a WebSocket has been open for an hour",
    remedy: "connect again",
  },
  missing_api_key: {
    param: NONE,
    when: "there is no key in the request, or none is configured here",
    remedy: "send `Authorization: Bearer <key>`",
  },
  invalid_api_key: {
    param: NONE,
    when: "the key is wrong, blocked, or has expired",
    remedy: "use another key",
  },
  permission_denied: {
    param: NONE,
    when: "Workers AI is blocked for the account behind the gateway",
    remedy: "the operator's matter",
  },
  model_not_allowed: {
    param: MODEL,
    when: "the key, or the account behind the gateway, may not use the model; or the key has a budget and the model no known price",
    remedy: "take a model of `GET /v1/models`, which lists what the key may use",
  },
  model_agreement_required: {
    param: MODEL,
    when: "the model's licence has to be agreed to in the account first",
    remedy: "the operator agrees to it once, in Cloudflare's dashboard",
  },
  plan_required: { param: MODEL, when: "the model needs a Workers Paid plan", remedy: "another model, or that plan" },
  model_not_found: {
    param: MODEL,
    when: "there is no such model; in strict mode also where it is retired",
    remedy: "take a model of `GET /v1/models`",
  },
  key_not_found: {
    param: "`after`, or null",
    when: "the admin API knows no such key",
    remedy: "take an id of `GET /admin/keys`",
  },
  not_found: {
    param: NONE,
    when: "there is no such response, conversation or item, or it belongs to another key",
    remedy: "nothing: it was deleted, has expired, or never was",
  },
  unknown_url: {
    param: NONE,
    when: "there is no such URL",
    remedy: "the README's table of endpoints has those there are",
  },
  method_not_allowed: {
    param: NONE,
    when: "the URL exists, the method does not",
    remedy: "the header `Allow` names those that do",
  },
  client_closed: {
    param: NONE,
    when: "the client closed the request",
    remedy: "nobody reads it: it stands in the log",
  },
  body_too_large: {
    param: "`file`, or null",
    when: "the body is larger than `MAX_BODY_BYTES`, or than the model or the storage takes",
    remedy: "send less",
  },
  unsupported_media_type: { param: NONE, when: "the body is compressed", remedy: "send it as it is" },
  out_of_capacity: {
    param: NONE,
    when: "the model is out of capacity, after all attempts",
    remedy: "come back after `Retry-After`; name other models in `models`",
  },
  request_limit_reached: {
    param: NONE,
    when: "`rpm` or `max_parallel_requests` of the key is reached, or the limit of an address without a key",
    remedy: "come back after `Retry-After`",
  },
  token_limit_reached: {
    param: NONE,
    when: "`tpm` of the key is reached, or the request alone is larger than it",
    remedy: "come back after `Retry-After`, or lower `max_tokens`",
  },
  budget_spent: {
    param: NONE,
    when: "the rest of the key's budget does not cover the request",
    remedy: "the operator raises the budget; `Retry-After` says when it begins anew, if it does",
  },
  quota_spent: {
    param: NONE,
    when: "the account's daily allowance of Workers AI is spent",
    remedy: "wait until 00:00 UTC, or move the account to a paid plan",
  },
  upstream_internal: {
    param: NONE,
    when: "Workers AI had an error of its own, after all attempts",
    remedy: "try again later, or another model",
  },
  misconfigured: {
    param: NONE,
    when: "a setting of the gateway is wrong",
    remedy: "the operator's matter: the log names each setting",
  },
  internal: {
    param: NONE,
    when: "a fault of the gateway",
    remedy: "report it with the `x-request-id`",
  },
  upstream_failed: {
    param: NONE,
    when: "Workers AI failed to answer, or its answer was damaged, empty, cut, or without the call that the request demands, after all attempts",
    remedy: "try again, or another model",
  },
  json_mode_failed: {
    param: NONE,
    when: "the answer was not the JSON that the request demands, after the model was asked once more",
    remedy: "try again, simplify the schema, or take another model",
  },
  keys_unavailable: {
    param: NONE,
    when: "the object of a managed key did not answer",
    remedy: "try again",
  },
  upstream_timeout: {
    param: NONE,
    when: "the model, or the whole request, took longer than its time limit",
    remedy: "try again, shorten the request, or stream it",
  },
} as const satisfies Readonly<Record<ErrorKind, ErrorNote>>;

export function isErrorKind(name: string): name is ErrorKind {
  return name in errorNotes;
}
