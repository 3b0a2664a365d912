import {
  argumentsText,
  collectAnswer,
  numberOrText,
  padding,
  toNativeCall,
  toolCallId,
  toUsage,
  type AnswerContext,
} from "./answer-context.ts";
import { completionId, toMessage } from "./openai.ts";
import { nativeResponse } from "./native.ts";

/** Quirk: the body of a chat completion, with a native list of tool calls beside it; in JSON mode `response` alone. */
export function dualBody(context: AnswerContext): object {
  const { task, answer, random, created } = context;
  const collected = collectAnswer(answer);
  const usage = toUsage(task.promptTokens, collected.completionTokens);
  if (task.format.type !== "text" && collected.calls.length === 0) {
    return { response: nativeResponse(collected, task), tool_calls: [], usage };
  }
  return {
    choices: [
      {
        finish_reason: collected.end,
        index: 0,
        logprobs: null,
        message: {
          ...toMessage(collected, context),
          annotations: null,
          audio: null,
          function_call: null,
          reasoning: null,
          refusal: null,
        },
      },
    ],
    created,
    id: completionId(random),
    model: task.model.upstreamName,
    object: "chat.completion",
    tool_calls: collected.calls.map(toNativeCall),
    usage,
  };
}

/** Quirk: every frame says the same thing twice, in OpenAI's fields and in the native ones. */
export function* dualFrames({ task, answer, random, created }: AnswerContext): Generator<object, void> {
  const id = completionId(random);
  const frame = (delta: object, native: object, finish: string | null = null) => ({
    choices: [{ delta, finish_reason: finish, index: 0 }],
    created,
    id,
    model: task.model.upstreamName,
    object: "chat.completion.chunk",
    ...native,
    p: padding(random),
  });
  yield frame({ role: "assistant", content: "" }, { response: "", tool_calls: [] });
  let completionTokens = 0;
  for (;;) {
    const next = answer.next();
    if (next.done === true) {
      yield frame({}, { response: "", tool_calls: [] }, next.value);
      break;
    }
    const piece = next.value;
    completionTokens += piece.tokens;
    if (piece.type === "pending") {
      yield piece;
    } else if (piece.type === "tool-call") {
      const written = { name: piece.call.name, arguments: argumentsText(piece) };
      const call = { id: toolCallId(random), type: "function", function: written };
      yield frame({ tool_calls: [call] }, { tool_calls: [toNativeCall(piece)] });
    } else {
      yield frame({ content: piece.text }, { response: numberOrText(piece.text, true), tool_calls: [] });
    }
  }
  yield { response: "", usage: toUsage(task.promptTokens, completionTokens) };
}
