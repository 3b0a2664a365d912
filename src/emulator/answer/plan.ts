import { tokenize } from "../language/tokenizer.ts";
import { createRandom, type Random } from "../language/random.ts";
import { decideToolCalls } from "../tools/decide.ts";
import { lastUserTurn } from "./conversation.ts";
import { jsonAnswer } from "./json-answer.ts";
import { continueText, writeProse } from "./prose.ts";
import { reasoningText } from "./reasoning.ts";
import type { RunTask } from "./run-task.ts";
import { setPhrase } from "./set-phrases.ts";
import { quoteToolResults } from "./tool-results.ts";

export interface ToolCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

export type Plan =
  | { readonly type: "tool-calls"; readonly calls: readonly ToolCall[] }
  | { readonly type: "text"; readonly tokens: Iterable<string> };

/** Decides what an answer will be, before its first token. */
export function planAnswer(task: RunTask, emulatorRandom: Random): Plan {
  const random = task.seed === undefined ? emulatorRandom : createRandom(task.seed);
  const calls = decideToolCalls(task);
  if (calls.length > 0) return { type: "tool-calls", calls };
  return { type: "text", tokens: thinkThenAnswer(task, random) };
}

function* thinkThenAnswer(task: RunTask, random: Random): Generator<string, void> {
  yield* thinkTokens(task);
  yield* answerTokens(task, random);
}

function answerTokens(task: RunTask, random: Random): Iterable<string> {
  if (task.format.type !== "text") return tokenize(jsonAnswer(task));
  const { after } = lastUserTurn(task.conversation);
  if (after.some(({ role }) => role === "tool")) return tokenize(quoteToolResults(task));
  const phrase = setPhrase(task);
  if (phrase !== undefined) return phrase;
  return task.conversation.prompt === undefined
    ? writeProse(task, random)
    : continueText(task.conversation.prompt, task.sampling, random);
}

/** The reasoning of models that have no field for it. Quirk: qwq leaves the opening tag to its template. */
function thinkTokens(task: RunTask): Iterable<string> {
  if (task.model.thinking !== "in-content") return [];
  const opened = task.model.quirks && task.model.entry.id.includes("qwq") ? "" : "<think>\n";
  return tokenize(`${opened}${reasoningText(task)}\n</think>\n\n`);
}
