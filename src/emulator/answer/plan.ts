import { setTokens, type Token } from "../language/token.ts";
import { createRandom, type Random } from "../language/random.ts";
import { decideToolCalls } from "../tools/decide.ts";
import { lastUserTurn } from "./conversation.ts";
import { jsonAnswer } from "./json-answer.ts";
import { continueText, writeProse } from "./prose.ts";
import { reasoningText } from "./reasoning.ts";
import type { RunTask } from "./run-task.ts";
import { setPhrase, textToRepeat } from "./set-phrases.ts";
import { smallTalk } from "./small-talk.ts";
import { quoteToolResults } from "./tool-results.ts";
import { writtenForm } from "./written-form.ts";

export interface ToolCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

export type Plan =
  | { readonly type: "tool-calls"; readonly calls: readonly ToolCall[] }
  | { readonly type: "text"; readonly tokens: Iterable<Token> };

/** Decides what an answer will be, before its first token. */
export function planAnswer(task: RunTask, emulatorRandom: Random): Plan {
  const random = task.seed === undefined ? emulatorRandom : createRandom(task.seed);
  const calls = decideToolCalls(task);
  if (calls.length > 0) return { type: "tool-calls", calls };
  return { type: "text", tokens: thinkThenAnswer(task, random) };
}

function* thinkThenAnswer(task: RunTask, random: Random): Generator<Token, void> {
  yield* setTokens(thinkText(task));
  yield* answerTokens(task, random);
}

// An instruction or a question: a chat template stands around a prompt, and the model answers it.
const ASKS =
  /^\s*(?:who|what|where|when|why|how|which|is|are|can|could|do|does|please|write|tell|explain|describe|give|list|summari[sz]e|translate)\b[^\n]*$|\?\s*$/i;

function answerTokens(task: RunTask, random: Random): Iterable<Token> {
  if (task.format.type !== "text") return setTokens(jsonAnswer(task, task.format));
  const { user, after } = lastUserTurn(task.conversation);
  const message = user?.text ?? "";
  const hasResults = after.some(({ role }) => role === "tool");
  if (!hasResults && task.conversation.reminder === undefined) {
    const repeated = textToRepeat(message);
    if (repeated !== undefined) return setTokens(repeated);
  }
  if (task.wordedFormat !== undefined) return setTokens(jsonAnswer(task, task.wordedFormat));
  if (hasResults) return setTokens(quoteToolResults(task));
  const { prompt } = task.conversation;
  const phrase =
    setPhrase(task) ?? (prompt === undefined || ASKS.test(prompt) ? formed(task, message, random) : undefined);
  if (phrase !== undefined) return phrase;
  return prompt === undefined || ASKS.test(prompt)
    ? writeProse(task, random)
    : continueText(prompt, task.sampling, random);
}

/** An answer of a form that ordinary messages ask for: small talk, code, a list, a poem, an object. */
function formed(task: RunTask, message: string, random: Random): Iterable<Token> | undefined {
  const talk = smallTalk(message);
  return talk === undefined ? writtenForm(task, message, random) : setTokens(talk);
}

/** The reasoning of models that have no field for it. Quirk: qwq leaves the opening tag to its template. */
function thinkText(task: RunTask): string {
  if (task.model.thinking !== "in-content") return "";
  const opened = task.model.quirks && task.model.entry.id.includes("qwq") ? "" : "<think>\n";
  return `${opened}${reasoningText(task)}\n</think>\n\n`;
}
