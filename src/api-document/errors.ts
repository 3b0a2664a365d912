import type { ErrorForm } from "../env.ts";
import { GatewayError } from "../errors.ts";
import type { JsonRecord } from "../json.ts";
import { toErrorEnvelope, toErrorStatus } from "../openai/error-envelope.ts";
import type { ErrorStatus } from "../openai/error-envelope.ts";
import { errorNotes, isErrorKind } from "./error-notes.ts";
import { errorHeaders, everyAnswer } from "./headers.ts";
import type { AnswerHeader } from "./headers.ts";

/** The answers of requests that fail: one for each status, in each of the three forms. */

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

/** Half a sentence of a table as a sentence. */
export function toSentence(text: string): string {
  const end = /[.!?]$/.test(text) ? "" : ".";
  return text.slice(0, 1).toUpperCase() + text.slice(1) + end;
}
