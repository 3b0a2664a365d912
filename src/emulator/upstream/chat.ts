import type { Answer, AnswerEnd, AnswerPiece } from "../answer/answer.ts";
import type { RunTask } from "../answer/run-task.ts";
import { createSseDecoder } from "../../stream/sse-decoder.ts";
import { arrayOf, numberOf, objectOf, parseJson, stringOf, type JsonObject } from "../json-value.ts";
import { countTokens } from "../language/tokenizer.ts";
import { post, type UpstreamOptions } from "./client.ts";

/**
 * The answer of a real model, in the pieces that the emulator's dialects are made of. Settles once the server has
 * answered; what it streams is read as it is asked for, and given up when nobody asks any more.
 */
export async function createUpstreamAnswer(
  task: RunTask,
  inputs: JsonObject,
  upstream: UpstreamOptions,
  signal: AbortSignal,
): Promise<Answer> {
  const response = await post(upstream, "/chat/completions", toChatRequest(task, inputs), signal);
  if (task.stream && response.body !== null) return streamedAnswer(response.body.getReader());
  return wholeAnswer(objectOf(parseJson(await response.text())));
}

function toChatRequest(task: RunTask, inputs: JsonObject): JsonObject {
  const { temperature, topP, frequencyPenalty, presencePenalty } = task.sampling;
  const messages =
    task.conversation.prompt === undefined ? inputs.messages : [{ role: "user", content: task.conversation.prompt }];
  const tools = task.tools.map((tool) => ({ type: "function", function: tool }));
  return withoutUndefined({
    messages,
    stream: task.stream,
    max_tokens: Number.isFinite(task.maxTokens) ? task.maxTokens : undefined,
    temperature,
    top_p: topP,
    frequency_penalty: frequencyPenalty,
    presence_penalty: presencePenalty,
    seed: task.seed,
    stop: task.stop.length === 0 ? undefined : task.stop,
    tools: tools.length === 0 ? undefined : tools,
    tool_choice: tools.length === 0 || task.toolChoice.type === "named" ? inputs.tool_choice : task.toolChoice.type,
    response_format: toResponseFormat(task),
  });
}

function toResponseFormat({ format }: RunTask): JsonObject | undefined {
  if (format.type === "json_schema")
    return { type: "json_schema", json_schema: { name: "answer", schema: format.schema } };
  return format.type === "json_object" ? { type: "json_object" } : undefined;
}

function withoutUndefined(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

function* wholeAnswer(body: JsonObject): Answer {
  const choice = objectOf(arrayOf(body.choices)[0]);
  const message = objectOf(choice.message);
  yield* textPieces(message);
  yield* arrayOf(message.tool_calls).map((call, index) => toolCallPiece(objectOf(objectOf(call).function), index));
  return toEnd(choice.finish_reason);
}

/** Tool calls are gathered from their fragments and given whole at the end: a dialect cuts them up in its own way. */
function* streamedAnswer(reader: ReadableStreamDefaultReader<Uint8Array>): Answer {
  const decoder = createSseDecoder();
  const text = new TextDecoder();
  const calls: { name: string; arguments: string }[] = [];
  let frames: JsonObject[] = [];
  let over = false;
  let failure: unknown;
  let end: AnswerEnd = "stop";
  const readMore = async () => {
    try {
      const { done, value } = await reader.read();
      const records = done ? decoder.end() : decoder.feed(value);
      frames = records.map((record) => objectOf(parseJson(text.decode(record))));
      over = done;
    } catch (error) {
      failure = error;
    }
  };
  try {
    for (;;) {
      yield { type: "pending", until: readMore(), tokens: 0 };
      if (failure !== undefined) throw failure;
      for (const frame of frames) {
        const choice = objectOf(arrayOf(frame.choices)[0]);
        const delta = objectOf(choice.delta);
        yield* textPieces(delta);
        gatherCalls(calls, arrayOf(delta.tool_calls).map(objectOf));
        if (choice.finish_reason != null) end = toEnd(choice.finish_reason);
      }
      if (over) break;
    }
  } finally {
    // Of no interest: the stream is over, or nobody reads it any more.
    reader.cancel().catch(() => undefined);
  }
  yield* calls.map(toolCallPiece);
  return calls.length > 0 && end === "stop" ? "tool_calls" : end;
}

function textPieces(fields: JsonObject): readonly AnswerPiece[] {
  const reasoning = stringOf(fields.reasoning_content) ?? stringOf(fields.reasoning) ?? "";
  const text = stringOf(fields.content) ?? "";
  return [
    ...(reasoning === "" ? [] : [{ type: "reasoning", text: reasoning, tokens: countTokens(reasoning) } as const]),
    ...(text === "" ? [] : [{ type: "text", text, tokens: countTokens(text) } as const]),
  ];
}

function gatherCalls(calls: { name: string; arguments: string }[], fragments: readonly JsonObject[]): void {
  for (const fragment of fragments) {
    const index = numberOf(fragment.index) ?? calls.length;
    const target = objectOf(fragment.function);
    const call = (calls[index] ??= { name: "", arguments: "" });
    call.name ||= stringOf(target.name) ?? "";
    call.arguments += stringOf(target.arguments) ?? "";
  }
}

function toolCallPiece(target: JsonObject | { name: string; arguments: string }, index: number): AnswerPiece {
  const written = stringOf(target.arguments) ?? "{}";
  const parsed = parseJson(written);
  const call = { name: stringOf(target.name) ?? "", arguments: objectOf(parsed) };
  const piece = { type: "tool-call", call, index, tokens: countTokens(`${call.name}${written}`) } as const;
  // What the server cut off, or never wrote as JSON, is passed on as it is.
  return parsed === undefined ? { ...piece, cutArguments: written } : piece;
}

function toEnd(reason: unknown): AnswerEnd {
  return reason === "length" || reason === "tool_calls" ? reason : "stop";
}
