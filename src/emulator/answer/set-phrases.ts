import { setTokens, type Token } from "../language/token.ts";
import { readable } from "../instance/evidence.ts";
import { lastUserTurn, type Conversation } from "./conversation.ts";
import type { RunTask } from "./run-task.ts";

const ASKED_TO_SAY = String.raw`^\s*(?:please\s+)?(?:say|repeat|reply|respond|answer|output|write|print|echo)`;
const ASKED_TO_REPEAT = String.raw`${ASKED_TO_SAY}(?:\s+(?:exactly|only|just|verbatim|precisely|after me|back|with|the following|these words|this|word for word)){1,4}`;
const KIND_OF_TEXT = String.raw`(?:\s+(?:the )?(?:single |one |following )?(?:word|phrase|sentence|text|line)s?)?`;
// After a colon everything counts; without one, "the word" in "only the word pong" does not.
const REPEAT_AFTER_COLON = new RegExp(String.raw`${ASKED_TO_REPEAT}${KIND_OF_TEXT}\s*:[ \t]*\n?([^]+)$`, "iu");
const REPEAT = new RegExp(String.raw`${ASKED_TO_REPEAT}${KIND_OF_TEXT}\s+([^]+)$`, "iu");
const SAY_QUOTED = new RegExp(String.raw`${ASKED_TO_SAY}\s+(["'“][^]+["'”][.!]?)\s*$`, "iu");
const WHO =
  /\b(?:who|what) (?:exactly )?are you\b|\bwhat(?:'s| is) your name\b|\b(?:which|what) (?:language )?model\b.*\b(?:you|this)\b|\bintroduce yourself\b/i;
const COUNT = /\bcount (?:(?:up )?from (\d{1,6}) )?(?:up )?to (\d{1,6})\b/i;
const MY_NAME = /\b(?:what(?:'s| is) my name|who am i)\b/i;
const GREETING = /^\s*(?:hi|hello|hey|good (?:morning|evening|day))\b[^?]{0,12}$/i;

/** The answers that do not come from the language model: who is speaking, counting, the user's own name, a greeting. */
export function setPhrase(task: RunTask): Iterable<Token> | undefined {
  const text = readable(lastUserTurn(task.conversation).user?.text ?? "");
  const counting = COUNT.exec(text);
  if (counting !== null) return countUp(Number(counting[1] ?? 1), Number(counting[2]));
  if (WHO.test(text)) return setTokens(introduction(task.model.entry.id));
  if (MY_NAME.test(text)) return setTokens(recallName(task.conversation));
  if (GREETING.test(text)) return setTokens("Hello! How can I help you today?");
  return undefined;
}

/** The text after `Say exactly:`, `Repeat after me:` or `Reply with only:`, without the quotation marks around it. */
export function textToRepeat(message: string): string | undefined {
  const forms = [REPEAT_AFTER_COLON, REPEAT, SAY_QUOTED];
  const text = forms.map((form) => form.exec(message)?.[1]).find((found) => found !== undefined);
  if (text === undefined) return undefined;
  const quoted = /^(["'`])(?<text>[^]*)\1[.!]?\s*$/u.exec(text) ?? /^“(?<text>[^”]*)”[.!]?\s*$/u.exec(text);
  return quoted?.groups?.text ?? text;
}

function introduction(model: string): string {
  return (
    `I am Flaregate's offline emulator of Workers AI, standing in for ${model}. ` +
    "I am a very small language model: I need no account and no network, and I know almost nothing."
  );
}

function recallName(conversation: Conversation): string {
  for (const { role, text } of conversation.turns.toReversed()) {
    const name = /\bmy name is ([\p{L}\p{M}'-]+)/iu.exec(text)?.[1];
    if (role === "user" && name !== undefined) return `Your name is ${name}.`;
  }
  return "You have not told me your name.";
}

function* countUp(from: number, to: number): Generator<Token, void> {
  for (let number = from; number <= to; number++) {
    yield* setTokens(number === to ? `${number}.` : `${number}, `);
  }
}
