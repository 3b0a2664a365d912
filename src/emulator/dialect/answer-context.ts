import type { Answer, AnswerEnd, ToolCallPiece } from "../answer/answer.ts";
import type { RunTask } from "../answer/run-task.ts";
import type { Random } from "../language/random.ts";
import { randomHex } from "../language/random.ts";
import type { Token } from "../language/token.ts";

/** One answer on its way into a dialect. */
export interface AnswerContext {
  readonly task: RunTask;
  readonly answer: Answer;
  readonly random: Random;
  /** Unix seconds. */
  readonly created: number;
}

/** A whole answer, for a reply that is not streamed. */
export interface CollectedAnswer {
  readonly text: string;
  readonly reasoning: string;
  readonly calls: readonly ToolCallPiece[];
  readonly end: AnswerEnd;
  /** The stop sequence that ended it. */
  readonly stop: string | undefined;
  readonly completionTokens: number;
  /** The tokens of the text, as far as they are known. */
  readonly made: readonly Token[];
}

export function collectAnswer(answer: Answer): CollectedAnswer {
  let text = "";
  let reasoning = "";
  let completionTokens = 0;
  let stop: string | undefined;
  const calls: ToolCallPiece[] = [];
  const made: Token[] = [];
  for (;;) {
    const next = answer.next();
    if (next.done === true) return { text, reasoning, calls, end: next.value, stop, completionTokens, made };
    const piece = next.value;
    completionTokens += piece.tokens;
    switch (piece.type) {
      case "text":
        text += piece.text;
        stop = piece.stop;
        made.push(...(piece.made ?? []));
        break;
      case "reasoning":
        reasoning += piece.text;
        break;
      case "tool-call":
        calls.push(piece);
        break;
      case "pending":
        throw new Error("Only a stream can wait for its pieces.");
    }
  }
}

export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
}

export function toUsage(promptTokens: number, completionTokens: number): Usage {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  };
}

const PADDING = "abcdefghijklmnopqrstuvwxyz0123456789";

/** Text of random length that hides how long a token is from whoever counts bytes. */
export function padding(random: Random): string {
  let text = "";
  for (let left = 1 + Math.floor(random() * 24); left > 0; left--) {
    text += PADDING.charAt(Math.floor(random() * PADDING.length));
  }
  return text;
}

/** Quirk: a token of digits only is read as a number somewhere on its way. */
export function numberOrText(text: string, quirks: boolean): string | number {
  const number = Number(text);
  return quirks && /^\s*\d+\s*$/.test(text) && String(number) === text.trim() ? number : text;
}

/** The JSON text of a call's arguments, as far as it was written. */
export function argumentsText({ call, cutArguments }: ToolCallPiece): string {
  return cutArguments ?? JSON.stringify(call.arguments);
}

/** A call as the native form has it; what is no JSON stays text. */
export function toNativeCall({ call, cutArguments }: ToolCallPiece): object {
  return { name: call.name, arguments: cutArguments ?? call.arguments };
}

export function toolCallId(random: Random): string {
  return `chatcmpl-tool-${randomHex(random, 32)}`;
}
