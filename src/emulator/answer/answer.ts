import type { Random } from "../language/random.ts";
import type { Token } from "../language/token.ts";
import { tokenize } from "../language/tokenizer.ts";
import { planAnswer, type ToolCall } from "./plan.ts";
import { reasoningText } from "./reasoning.ts";
import type { RunTask } from "./run-task.ts";
import { cutAtStop } from "./stop-sequences.ts";

/** A piece of an answer; every text piece is one token, except where a stop sequence held some back. */
export type AnswerPiece =
  | { readonly type: "reasoning"; readonly text: string; readonly tokens: number }
  // `made` is what log probabilities are read from; a model behind the emulator reports none.
  | TextPiece
  // The answer comes from elsewhere and is not there yet; only streams wait.
  | { readonly type: "pending"; readonly until: Promise<unknown>; readonly tokens: 0 }
  | ToolCallPiece;

export interface TextPiece {
  readonly type: "text";
  readonly text: string;
  readonly tokens: number;
  readonly made?: readonly Token[];
  /** The stop sequence that ends the answer here. */
  readonly stop?: string;
}

export interface ToolCallPiece {
  readonly type: "tool-call";
  readonly call: ToolCall;
  readonly index: number;
  readonly tokens: number;
  /** The beginning of the arguments' JSON, where `max_tokens` left no room for the rest. */
  readonly cutArguments?: string;
}

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
  if (plan.type === "tool-calls") return yield* limitCalls(plan.calls, left);
  return yield* limitText(plan.tokens, task, left);
}

/** Calls as far as the budget goes; the one that it ends in is cut off like any text. */
function* limitCalls(calls: readonly ToolCall[], budget: number): Answer {
  let left = budget;
  for (const [index, call] of calls.entries()) {
    const head = [...tokenize(`{"name":${JSON.stringify(call.name)},"arguments":}`)].length;
    const written = [...tokenize(JSON.stringify(call.arguments))];
    const tokens = head + written.length;
    // A call without its whole name is none.
    if (left < head) return "length";
    if (left < tokens) {
      yield { type: "tool-call", call, index, tokens: left, cutArguments: written.slice(0, left - head).join("") };
      return "length";
    }
    left -= tokens;
    yield { type: "tool-call", call, index, tokens };
  }
  return "tool_calls";
}

function* limitText(tokens: Iterable<Token>, task: RunTask, budget: number): Answer {
  let left = budget;
  let ranOut = false;
  function* limited(): Generator<Token, void> {
    for (const token of tokens) {
      if (left-- <= 0) {
        ranOut = true;
        return;
      }
      yield token;
    }
  }
  for (const { text, tokens: made, stop } of cutAtStop(limited(), task.stop)) {
    yield { type: "text", text, tokens: made.length, made, ...(stop !== undefined && { stop }) };
  }
  return ranOut ? "length" : "stop";
}
