import type { Answer } from "./answer.ts";

/** What was said in one column, in order. */
export type Turn = UserTurn | AnswerTurn | ToolResultTurn;

export interface UserTurn {
  readonly kind: "user";
  readonly text: string;
  /** Data URLs. */
  readonly images: readonly string[];
}

export interface AnswerTurn {
  readonly kind: "answer";
  readonly answer: Answer;
}

export interface ToolResultTurn {
  readonly kind: "tool-result";
  readonly callId: string;
  readonly content: string;
}

/** The turns as messages. An answer that failed or was stopped is sent as far as it came; an empty one is left out. */
export function toMessages(system: string, turns: readonly Turn[]): readonly object[] {
  const messages: object[] = system.trim() === "" ? [] : [{ role: "system", content: system }];
  for (const turn of turns) {
    if (turn.kind === "user") messages.push(toUserMessage(turn));
    else if (turn.kind === "tool-result") messages.push(toToolMessage(turn));
    else messages.push(...toAssistantMessages(turn.answer));
  }
  return messages;
}

function toUserMessage({ text, images }: UserTurn): object {
  if (images.length === 0) return { role: "user", content: text };
  const parts = images.map((url) => ({ type: "image_url", image_url: { url } }));
  return { role: "user", content: text === "" ? parts : [{ type: "text", text }, ...parts] };
}

function toToolMessage({ callId, content }: ToolResultTurn): object {
  return { role: "tool", tool_call_id: callId, content };
}

function toAssistantMessages({ text, toolCalls, state }: Answer): readonly object[] {
  // The calls of an answer that did not come to its end may be halves, and nobody has given their results.
  const calls = state === "done" ? toolCalls : [];
  if (text === "" && calls.length === 0) return [];
  return [
    {
      role: "assistant",
      content: text === "" ? null : text,
      ...(calls.length > 0 && {
        tool_calls: calls.map(({ id, name, arguments: callArguments }) => ({
          id,
          type: "function",
          function: { name, arguments: callArguments },
        })),
      }),
    },
  ];
}

/** The tool calls at the end of the conversation whose results are still to be given. */
export function openToolCalls(turns: readonly Turn[]): Answer["toolCalls"] {
  const last = turns.at(-1);
  return last?.kind === "answer" && last.answer.state === "done" ? last.answer.toolCalls : [];
}

/** What stood before the last answer, for another try at it. */
export function beforeLastAnswer(turns: readonly Turn[]): readonly Turn[] {
  const position = turns.findLastIndex(({ kind }) => kind === "answer");
  return position === -1 ? turns : turns.slice(0, position);
}
