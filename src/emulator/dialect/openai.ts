import type { AnswerEnd, ToolCallPiece } from "../answer/answer.ts";
import type { Random } from "../language/random.ts";
import { randomHex } from "../language/random.ts";
import { tokenize } from "../language/tokenizer.ts";
import type { EmulatedModel } from "../model-table.ts";
import {
  argumentsText,
  collectAnswer,
  padding,
  toolCallId,
  toUsage,
  type AnswerContext,
  type CollectedAnswer,
} from "./answer-context.ts";
import { toLogprobs } from "./logprobs.ts";
import { neurons } from "./neurons.ts";

/** A chat completion with what Workers AI adds to it. A bare prompt is answered as a text completion. */
export function openaiBody(context: AnswerContext): object {
  const { task, answer, random, created } = context;
  const collected = collectAnswer(answer);
  const prompted = task.conversation.prompt !== undefined;
  const outcome = {
    finish_reason: collected.end,
    index: 0,
    logprobs: toLogprobs(collected.made, task),
    matched_stop: toMatchedStop(collected.end, collected.stop),
  };
  return {
    choices: [prompted ? { ...outcome, text: collected.text } : { ...outcome, message: toMessage(collected, context) }],
    created,
    id: completionId(random),
    model: task.model.upstreamName,
    object: prompted ? "text_completion" : "chat.completion",
    usage: openaiUsage(task.model, task.promptTokens, collected.completionTokens),
  };
}

export function toMessage({ text, reasoning, calls }: CollectedAnswer, { task, random }: AnswerContext): object {
  return {
    content: text === "" ? null : text,
    role: "assistant",
    ...reasoningFields(task.model, reasoning === "" ? undefined : reasoning),
    ...(calls.length === 0
      ? {}
      : {
          tool_calls: calls.map((piece) => ({
            id: callId(task.model, piece.call.name, piece.index, random),
            type: "function",
            function: { name: piece.call.name, arguments: argumentsText(piece) },
          })),
        }),
  };
}

/** Chunks with a running usage, the finish, a usage chunk, and the total in the native form. */
export function* openaiFrames(context: AnswerContext): Generator<object, void> {
  const { task, answer, random, created } = context;
  const { model, promptTokens } = task;
  const id = completionId(random);
  const chunk = (choices: readonly object[], usage?: object) => ({
    choices,
    created,
    id,
    model: model.upstreamName,
    object: "chat.completion.chunk",
    p: padding(random),
    ...(model.quirks && usage !== undefined ? { usage } : {}),
  });
  let completionTokens = 0;
  let stop: string | undefined;
  yield chunk(
    [choice({ content: "", reasoning_content: null, role: "assistant" })],
    openaiUsage(model, promptTokens, 0),
  );
  for (;;) {
    const next = answer.next();
    if (next.done === true) {
      yield chunk([
        { ...choice({ reasoning_content: null }, next.value), matched_stop: toMatchedStop(next.value, stop) },
      ]);
      break;
    }
    const piece = next.value;
    completionTokens += piece.tokens;
    // Quirk: each chunk counts its own tokens only, so the sum of all is the total.
    const usage = openaiUsage(model, 0, piece.tokens);
    if (piece.type === "pending") {
      yield piece;
    } else if (piece.type === "tool-call") {
      for (const [position, delta] of toolCallDeltas(piece, context).entries()) {
        yield chunk([choice(delta)], position === 0 ? usage : undefined);
      }
    } else {
      const delta =
        piece.type === "reasoning"
          ? reasoningFields(model, piece.text)
          : { content: piece.text, reasoning_content: null };
      const logprobs = piece.type === "text" ? toLogprobs(piece.made, task) : null;
      if (piece.type === "text") stop = piece.stop;
      yield chunk([{ ...choice(delta), logprobs }], usage);
    }
  }
  const total = openaiUsage(model, promptTokens, completionTokens);
  yield chunk([], model.quirks ? openaiUsage(model, 0, 0) : undefined);
  yield { response: "", usage: total };
}

/** The stop sequence that was met, or the number of the token that ends a turn. */
function toMatchedStop(end: AnswerEnd, stop: string | undefined): string | number | null {
  return stop ?? (end === "stop" ? 106 : null);
}

function choice(delta: object, finish: string | null = null): object {
  return { delta, finish_reason: finish, index: 0, logprobs: null, matched_stop: null };
}

function toolCallDeltas(piece: ToolCallPiece, { task, random }: AnswerContext): readonly object[] {
  const { call, index } = piece;
  const id = callId(task.model, call.name, index, random);
  const fragments = [...tokenize(argumentsText(piece))];
  return [
    { tool_calls: [{ index, id, type: "function", function: { name: call.name } }] },
    ...fragments.map((fragment) => ({ tool_calls: [{ index, function: { arguments: fragment } }] })),
  ];
}

/** Quirk: gpt-oss writes its reasoning under two names at once. */
function reasoningFields(model: EmulatedModel, text: string | undefined): object {
  if (text === undefined) return {};
  const twice = model.quirks && model.entry.id.includes("gpt-oss");
  return twice ? { reasoning_content: text, reasoning: text } : { reasoning_content: text };
}

/** Quirk: Kimi's ids name the function and count from 0 in every turn, so they repeat. */
function callId(model: EmulatedModel, name: string, index: number, random: Random): string {
  return model.quirks && model.entry.id.includes("/kimi-") ? `functions.${name}:${index}` : toolCallId(random);
}

function openaiUsage(model: EmulatedModel, promptTokens: number, completionTokens: number): object {
  return {
    ...toUsage(promptTokens, completionTokens),
    prompt_tokens_details: { cached_tokens: 0 },
    neurons: neurons(model.entry.price, promptTokens, completionTokens),
  };
}

export function completionId(random: Random): string {
  return `chatcmpl-${randomHex(random, 32)}`;
}
