import { gatherEvidence, readable } from "../instance/evidence.ts";
import { createInstance } from "../instance/fill-value.ts";
import { lastUserTurn } from "./conversation.ts";
import type { RunTask } from "./run-task.ts";

/** The JSON text that JSON mode answers with: an instance of the schema, or an object with the keys asked for. */
export function jsonAnswer(task: RunTask): string {
  const { user, after } = lastUserTurn(task.conversation);
  const text = [user?.text ?? "", ...after.filter(({ role }) => role === "tool").map((turn) => turn.text)].join("\n");
  const evidence = gatherEvidence(text, task.now);
  if (task.format.type === "json_schema") {
    return JSON.stringify(createInstance(task.format.schema, { evidence, root: task.format.schema, complete: true }));
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
  // Key names stand in quotes as well, and are not values.
  const values = { ...evidence, quoted: evidence.quoted.filter((quoted) => !keys.includes(quoted)) };
  return JSON.stringify(
    createInstance(
      { type: "object", properties, required: Object.keys(properties) },
      { evidence: values, root: {}, complete: true },
    ),
  );
}

/** `with the keys "name" and "age"`, `{"name": …}`: the keys that a prompt asks for by name. */
function askedKeys(prompt: string): readonly string[] {
  const text = readable(prompt);
  const shown = [...text.matchAll(/["'`]([A-Za-z_]\w*)["'`]\s*:/g)].map((match) => match[1] ?? "");
  const clause = /\b(?:keys?|fields?|properties|property)\b[^.\n]*/i.exec(text)?.[0] ?? "";
  const listed = [...clause.matchAll(/["'`]([A-Za-z_]\w*)["'`]/g)].map((match) => match[1] ?? "");
  const bare =
    /\b(?:keys?|fields?|properties)\s*:?\s+([A-Za-z_]\w*(?:,? (?:and )?[A-Za-z_]\w*)*)/i.exec(text)?.[1] ?? "";
  const words = bare
    .split(/,\s*(?:and\s+)?|\s+and\s+/)
    .map((word) => word.trim())
    .filter((word) => /^[A-Za-z_]\w*$/.test(word));
  const quoted = [...new Set([...shown, ...listed])];
  return quoted.length > 0 ? quoted : [...new Set(words)];
}
