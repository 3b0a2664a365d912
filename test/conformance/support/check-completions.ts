import { readChunks } from "./stream-frame.ts";
import { chatCompletion, problemsOf, textChunk, textCompletion } from "./wire-schemas.ts";

/** Everything in which a whole chat completion differs from what OpenAI sends. */
export function checkChatCompletion(body: unknown): string[] {
  const problems = problemsOf(chatCompletion, body);
  const parsed = chatCompletion.safeParse(body);
  if (!parsed.success) return problems;
  for (const [position, { index, message, finish_reason: finish }] of parsed.data.choices.entries()) {
    if (index !== position) problems.push(`choice ${position} has the index ${index}`);
    const calls = message.tool_calls ?? [];
    if (new Set(calls.map(({ id }) => id)).size < calls.length) problems.push("two tool calls share an id");
    const expected =
      calls.length > 0 ? "tool_calls" : message.function_call === undefined ? undefined : "function_call";
    if (expected === undefined && message.content === null) problems.push("content is null without a call");
    if (finish === "stop" && expected !== undefined) problems.push("an answer with calls ends with stop");
    if ((finish === "tool_calls" || finish === "function_call") && finish !== expected) {
      problems.push(`an answer without such a call ends with ${finish}`);
    }
  }
  return problems;
}

export function checkTextCompletion(body: unknown): string[] {
  const problems = problemsOf(textCompletion, body);
  const parsed = textCompletion.safeParse(body);
  for (const [position, { index }] of (parsed.data?.choices ?? []).entries()) {
    if (index !== position) problems.push(`choice ${position} has the index ${index}`);
  }
  return problems;
}

export interface TextStreamReport {
  readonly problems: readonly string[];
  /** The text of each choice. */
  readonly texts: readonly string[];
  readonly finishReasons: readonly string[];
}

/** Checks the raw text of a streamed text completion: the same rules, without roles and calls. */
export function checkTextStream(text: string, { includeUsage = false } = {}): TextStreamReport {
  const { chunks, problems } = readChunks(text, textChunk, includeUsage);
  const texts: string[] = [];
  const finishReasons: string[] = [];
  for (const choice of chunks.flatMap(({ choices }) => choices)) {
    if (finishReasons[choice.index] !== undefined) problems.push(`choice ${choice.index} goes on after its end`);
    texts[choice.index] = (texts[choice.index] ?? "") + choice.text;
    if (choice.finish_reason !== null) finishReasons[choice.index] = choice.finish_reason;
  }
  for (const index of texts.keys()) {
    if (finishReasons[index] === undefined) problems.push(`choice ${index} has no finish reason`);
  }
  return { problems, texts, finishReasons };
}
