import { tokenize } from "../language/tokenizer.ts";
import { parseJson } from "../json-value.ts";
import type { RunTask } from "../answer/run-task.ts";
import type { ToolCallPiece } from "../answer/answer.ts";
import {
  argumentsText,
  collectAnswer,
  numberOrText,
  padding,
  toNativeCall,
  toolCallId,
  toUsage,
  type AnswerContext,
  type CollectedAnswer,
} from "./answer-context.ts";

/** The whole answer as the older models' pages document it. */
export function nativeBody({ task, answer }: AnswerContext): object {
  const collected = collectAnswer(answer);
  return {
    response: nativeResponse(collected, task),
    tool_calls: collected.calls.map(toNativeCall),
    usage: toUsage(task.promptTokens, collected.completionTokens),
  };
}

/**
 * JSON mode gives the parsed value; text that was cut short stays text. Quirk: text that happens to be JSON is parsed
 * outside of JSON mode too.
 */
export function nativeResponse({ text, calls }: CollectedAnswer, task: RunTask): unknown {
  if (calls.length > 0) return null;
  return task.format.type === "text" && !task.model.quirks ? text : (parseJson(text) ?? text);
}

/** One frame a token, each with padding; then the usage of the whole. */
export function* nativeFrames(context: AnswerContext): Generator<object, void> {
  const { task, answer, random } = context;
  let completionTokens = 0;
  for (;;) {
    const next = answer.next();
    if (next.done === true) {
      if (next.value === "tool_calls") yield { finish_reason: "tool_calls", p: padding(random) };
      break;
    }
    completionTokens += next.value.tokens;
    if (next.value.type === "pending") {
      yield next.value;
    } else if (next.value.type === "tool-call") {
      yield* toolCallFrames(next.value, context);
    } else {
      yield { response: numberOrText(next.value.text, task.model.quirks), tool_calls: [], p: padding(random) };
    }
  }
  yield { response: "", usage: toUsage(task.promptTokens, completionTokens) };
}

function* toolCallFrames(piece: ToolCallPiece, { task, random }: AnswerContext): Generator<object, void> {
  const { call, index, cutArguments } = piece;
  const entry = (fields: object) => ({ tool_calls: [{ index, ...fields }], p: padding(random) });
  yield entry({ id: toolCallId(random), type: "function", function: { name: call.name } });
  for (const fragment of tokenize(argumentsText(piece))) yield entry({ function: { arguments: fragment } });
  // Quirk: an entry of nothing but nulls closes the call.
  if (task.model.quirks && cutArguments === undefined)
    yield entry({ id: null, type: null, function: { name: null, arguments: "" } });
}
