import { isJsonObject, parseJson, type JsonObject } from "../json-value.ts";
import type { Conversation } from "./conversation.ts";

/*
 * What a conversation asks for in words, where the model has no parameter for it. Whoever calls a model without a JSON
 * mode or without `tool_choice` tells it what to do, and a model that was trained on instructions follows.
 */

/** What an answer is to be written in. */
export type AnswerFormat =
  | { readonly type: "text" | "json_object" }
  | { readonly type: "json_schema"; readonly schema: JsonObject };

const ONLY_JSON =
  /\b(?:answer|respond|reply|output|return|write)\b[^.\n]{0,60}\bJSON\b|\bJSON\b[^.\n]{0,40}\b(?:only|nothing else)\b/i;
const NOTHING_ELSE = /\b(?:only|just|nothing but|nothing else|without any)\b/i;
const SCHEMA_FOLLOWS = /\bJSON[- ]schema\b[^{]{0,80}(?=\{)/i;

/** The format that the system's and the last user's words ask for; `undefined` where they ask for none. */
export function wordedFormat({ turns }: Conversation): AnswerFormat | undefined {
  const lastUser = turns.findLastIndex(({ role }) => role === "user");
  const asked = turns
    .filter(({ role }, index) => role === "system" || index === lastUser)
    .map(({ text }) => text)
    .find((text) => NOTHING_ELSE.test(ONLY_JSON.exec(text)?.[0] ?? ""));
  if (asked === undefined) return undefined;
  const introduced = SCHEMA_FOLLOWS.exec(asked);
  const schema = introduced === null ? undefined : objectAt(asked, introduced.index + introduced[0].length);
  return schema === undefined ? { type: "json_object" } : { type: "json_schema", schema };
}

const TOLD_TO_CALL =
  /\b(?:only by calling|must (?:call|use) (?:\w+ )?(?:tool|function)|always (?:call|use) (?:\w+ )?(?:tool|function)|call one of the (?:tools|functions))\b/i;

/** Whether the conversation says in words what `tool_choice: "required"` would. */
export function isToldToCall({ turns, reminder = "" }: Conversation): boolean {
  const said = turns.filter(({ role }) => role === "system" || role === "user").map(({ text }) => text);
  return [...said, reminder].some((text) => TOLD_TO_CALL.test(text));
}

const REMINDER =
  /^\s*(?:That answer is not valid\b|Do not answer in text\b|Choose the function to call\b|Your (?:last |previous )?answer (?:is|was) (?:not valid|invalid)\b)/i;

/**
 * Sets apart a last message that only complains of the answer before it: what is asked for stands further up, and the
 * answer that was wrong is no part of it.
 */
export function setReminderApart(conversation: Conversation): Conversation {
  const last = conversation.turns.at(-1);
  const before = conversation.turns.slice(0, -1);
  const isReminder = last?.role === "user" && REMINDER.test(last.text) && before.some(({ role }) => role === "user");
  if (!isReminder) return conversation;
  const answer = before.at(-1);
  const isWrongAnswer = answer?.role === "assistant" && answer.toolCalls.length === 0;
  return { ...conversation, turns: isWrongAnswer ? before.slice(0, -1) : before, reminder: last.text };
}

/** The JSON object that begins at this place of a text, whatever follows it. */
function objectAt(text: string, start: number): JsonObject | undefined {
  let depth = 0;
  let quoted = false;
  for (let index = start; index < text.length; index++) {
    const character = text[index];
    if (character === "\\") index++;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && character === "{") depth++;
    else if (!quoted && character === "}" && --depth === 0) {
      const value = parseJson(text.slice(start, index + 1));
      return isJsonObject(value) ? value : undefined;
    }
  }
  return undefined;
}
