import type { ModelEntry } from "../models/model.ts";
import type { ChatMessage } from "../openai/chat-message.ts";
import type { ChatRequest } from "../openai/chat-request.ts";
import { toUpstreamMessages } from "./messages.ts";
import { fitsWindow, measureMessages } from "./output-limit.ts";

/**
 * `truncation: "auto"`: the request without as many of its oldest messages as have to go for the rest to fit into the
 * model's window; the request itself where it fits. Instructions stay, and so does the last message. A call goes
 * together with its results.
 */
export function dropOldest(request: ChatRequest, entry: ModelEntry): ChatRequest {
  const units = toUnits(request.messages);
  const most = units.length - 1;
  if (fits(request, units, 0, entry)) return request;
  // The fewest that make it fit: what fits without some fits without more.
  let [tooFew, enough] = [0, most];
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (fits(request, units, middle, entry)) enough = middle;
    else tooFew = middle;
  }
  return enough <= 0 ? request : { ...request, messages: keep(request.messages, units, enough) };
}

/** Messages that stay or go together, by their positions: one alone, or calls and what they resulted in. */
type Unit = readonly number[];

function toUnits(messages: readonly ChatMessage[]): readonly Unit[] {
  const units: number[][] = [];
  for (const [position, { role }] of messages.entries()) {
    if (role === "system" || role === "developer") continue;
    const last = units.at(-1);
    if (role === "tool" && last !== undefined) last.push(position);
    else units.push([position]);
  }
  return units;
}

function keep(messages: readonly ChatMessage[], units: readonly Unit[], dropped: number): ChatMessage[] {
  const gone = new Set(units.slice(0, dropped).flat());
  return messages.filter((_, position) => !gone.has(position));
}

function fits(request: ChatRequest, units: readonly Unit[], dropped: number, entry: ModelEntry): boolean {
  const messages = toUpstreamMessages(keep(request.messages, units, dropped), entry);
  return fitsWindow(measureMessages(messages, [request.tools, request.response_format]), entry);
}
