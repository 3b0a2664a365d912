import type { CompletionEvent, FinishReason, Usage } from "../../src/completion/event.ts";
import type { AnswerIdentity } from "../../src/translate/answer-identity.ts";
import type { StreamRenderer } from "../../src/translate/stream-renderer.ts";

/** Events in few words, and the text that a renderer makes of them. */

export const identity: AnswerIdentity = { id: "chatcmpl-1", created: 1_700_000_000, model: "@cf/test/plain" };

export function text(...texts: readonly string[]): CompletionEvent[] {
  return texts.map((piece) => ({ type: "text-delta", text: piece }));
}

export function reasoning(piece: string): CompletionEvent {
  return { type: "reasoning-delta", text: piece };
}

export function call(index: number, name: string, ...pieces: readonly string[]): CompletionEvent[] {
  return [
    { type: "tool-call-start", index, id: `call_${index}`, name },
    ...pieces.map((argumentsDelta): CompletionEvent => ({ type: "tool-call-delta", index, argumentsDelta })),
    { type: "tool-call-end", index },
  ];
}

export function usage(promptTokens: number, completionTokens: number, details: Partial<Usage> = {}): CompletionEvent {
  const totalTokens = promptTokens + completionTokens;
  const unknown = { cachedTokens: undefined, reasoningTokens: undefined, neurons: undefined };
  return { type: "usage", usage: { promptTokens, completionTokens, totalTokens, ...unknown, ...details } };
}

export function finish(reason: FinishReason = "stop"): CompletionEvent {
  return { type: "finish", reason };
}

/** The data of each record of a rendered stream: parsed, or the text of one that is not JSON. */
export function records(rendered: string): unknown[] {
  if (!/^(?:data: [^\n]+\n\n)*$/.test(rendered)) throw new Error(`not a stream of data records: ${rendered}`);
  const lines = rendered.split("\n\n").slice(0, -1);
  return lines.map((line): unknown => (line === "data: [DONE]" ? "[DONE]" : JSON.parse(line.slice("data: ".length))));
}

/** Renders one batch of events for each choice, in this order, and the end. */
export function renderAll(renderer: StreamRenderer, choices: readonly (readonly CompletionEvent[])[]): unknown[] {
  const batches = choices.map((events, choice) => renderer.render({ choice, events }));
  return records(batches.join("") + renderer.end());
}
