import { toErrorBody } from "../../src/anthropic/error-body.ts";
import { errorNotes, isErrorKind } from "../../src/api-document/error-notes.ts";
import type { ErrorKind } from "../../src/errors.ts";
import { GatewayError } from "../../src/errors.ts";
import { toErrorEnvelope, toErrorStatus } from "../../src/openai/error-envelope.ts";
import { toApiErrorEnvelope } from "../../src/workers-ai/api-envelope.ts";
import { code, toMarkdownTable } from "./markdown.ts";

/** Every kind, by its status and otherwise as above. */
function kindsInOrder(): readonly ErrorKind[] {
  return Object.keys(errorNotes)
    .filter(isErrorKind)
    .toSorted((one, other) => toErrorStatus(one) - toErrorStatus(other));
}

/** Status, `type`, `code` of every error in OpenAI's form, and what a caller makes of it. */
export function toErrorMarkdown(): string {
  const rows = kindsInOrder().map((kind) => {
    const { error } = toErrorEnvelope(new GatewayError(kind, ""));
    const { param, when, remedy } = errorNotes[kind];
    return [toErrorStatus(kind), code(error.code), code(error.type), param, when, remedy];
  });
  return toMarkdownTable(["status", "`code`", "`type`", "`param`", "when", "what to do"], rows);
}

/** The same errors in the forms of the other two APIs; those that differ in nothing are one row. */
export function toOtherErrorFormMarkdown(): string {
  const rows = kindsInOrder().map((kind) => {
    const error = new GatewayError(kind, "");
    const [first] = toApiErrorEnvelope(error).errors;
    return [
      toErrorStatus(kind),
      code(toErrorEnvelope(error).error.code),
      code(toErrorBody(error, "").error.type),
      first?.code ?? "",
    ];
  });
  const different = [...new Map(rows.map((row) => [row.join(), row])).values()];
  return toMarkdownTable(["status", "`code`", "Messages API: `type`", "Workers AI's API: `code`"], different);
}
