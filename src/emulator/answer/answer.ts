import type { Random } from "../language/random.ts";
import { tokenize, countTokens } from "../language/tokenizer.ts";
import { planAnswer, type ToolCall } from "./plan.ts";
import { reasoningText } from "./reasoning.ts";
import type { RunTask } from "./run-task.ts";
import { cutAtStop } from "./stop-sequences.ts";

/** A piece of an answer; every text piece is one token, except where a stop sequence held some back. */
export type AnswerPiece =
  | { readonly type: "reasoning" | "text"; readonly text: string; readonly tokens: number }
  // The answer comes from elsewhere and is not there yet; only streams wait.
  | { readonly type: "pending"; readonly until: Promise<unknown>; readonly tokens: 0 }
  | { readonly type: "tool-call"; readonly call: ToolCall; readonly index: number; readonly tokens: number };

export type AnswerEnd = "stop" | "length" | "tool_calls";

/** An answer, made as it is read: whoever stops reading stops the generation. */
export type Answer = Generator<AnswerPiece, AnswerEnd>;

/** Answers a task. `random` is drawn on only where the task has no seed. */
export function* createAnswer(task: RunTask, random: Random): Answer {
  let left = task.maxTokens;
  if (task.effort !== undefined && task.model.thinking !== "in-content") {
    for (const text of tokenize(reasoningText(task))) {
      if (left-- <= 0) return "length";
      yield { type: "reasoning", text, tokens: 1 };
    }
  }
  const plan = planAnswer(task, random);
  if (plan.type === "tool-calls") {
    for (const [index, call] of plan.calls.entries()) {
      yield { type: "tool-call", call, index, tokens: countTokens(JSON.stringify(call)) };
    }
    return "tool_calls";
  }
  return yield* limitText(plan.tokens, task, left);
}

function* limitText(tokens: Iterable<string>, task: RunTask, budget: number): Answer {
  let left = budget;
  let ranOut = false;
  function* limited(): Generator<string, void> {
    for (const token of tokens) {
      if (left-- <= 0) {
        ranOut = true;
        return;
      }
      yield token;
    }
  }
  for (const { text, tokens: count } of cutAtStop(limited(), task.stop)) {
    yield { type: "text", text, tokens: count };
  }
  return ranOut ? "length" : "stop";
}
