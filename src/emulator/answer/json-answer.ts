import { gatherEvidence, readable } from "../instance/evidence.ts";
import { createInstance } from "../instance/fill-value.ts";
import { lastUserTurn } from "./conversation.ts";
import type { RunTask } from "./run-task.ts";
import type { AnswerFormat } from "./worded-request.ts";

/** The JSON text of an answer in this format: an instance of the schema, or an object with the keys asked for. */
export function jsonAnswer(task: RunTask, format: AnswerFormat): string {
  const { user, after } = lastUserTurn(task.conversation);
  const text = [user?.text ?? "", ...after.filter(({ role }) => role === "tool").map((turn) => turn.text)].join("\n");
  if (format.type === "json_schema") {
    const evidence = gatherEvidence(text, task.now);
    return JSON.stringify(createInstance(format.schema, { evidence, root: format.schema, complete: true }));
  }
  const keys = askedKeys(
    task.conversation.turns
      .filter(({ role }) => role !== "assistant")
      .map((turn) => turn.text)
      .join("\n"),
  );
  const properties = Object.fromEntries(
    (keys.length === 0 ? ["answer"] : keys).map((key) => [key, { type: "string" }]),
  );
  // The names of the keys are not values, in quotes or out of them.
  const evidence = gatherEvidence(text.replace(BARE_KEYS, " "), task.now);
  const values = { ...evidence, quoted: evidence.quoted.filter((quoted) => !keys.includes(quoted)) };
  return JSON.stringify(
    createInstance(
      { type: "object", properties, required: Object.keys(properties) },
      { evidence: values, root: {}, complete: true },
    ),
  );
}

const BARE_KEYS = /\b(?:keys?|fields?|properties|object with)\s*:?\s+([A-Za-z_]\w*(?:,? (?:and )?[A-Za-z_]\w*)*)/i;

/** `with the keys "name" and "age"`, `{"name": …}`: the keys that a prompt asks for by name. */
function askedKeys(prompt: string): readonly string[] {
  const text = readable(prompt);
  const shown = [...text.matchAll(/["'`]([A-Za-z_]\w*)["'`]\s*:/g)].map((match) => match[1] ?? "");
  const clause = /\b(?:keys?|fields?|properties|property)\b[^.\n]*/i.exec(text)?.[0] ?? "";
  const listed = [...clause.matchAll(/["'`]([A-Za-z_]\w*)["'`]/g)].map((match) => match[1] ?? "");
  const bare = BARE_KEYS.exec(text)?.[1] ?? "";
  const words = bare
    .split(/,\s*(?:and\s+)?|\s+and\s+/)
    .map((word) => word.trim())
    .filter((word) => /^[A-Za-z_]\w*$/.test(word));
  const quoted = [...new Set([...shown, ...listed])];
  return quoted.length > 0 ? quoted : [...new Set(words)];
}
