import type { CompletionEvent, CompletionStream } from "./event.ts";
import { createTextMatcher } from "./text-matcher.ts";
import { createTextWriter } from "./text-writer.ts";
import { transformEvents } from "./transform.ts";
import type { EventTransform } from "./transform.ts";

/**
 * Ends a completion at the first of the texts in `stops`, as models do that know stop sequences: the text itself is
 * not part of the answer, nothing follows it, and the upstream is cancelled.
 *
 * Text that may be the beginning of a stop sequence is held back until more of it decides. Usage is passed on where it
 * came in the same batch, as it does in an answer that is not streamed; an upstream that was cancelled has told none,
 * and none is computed.
 */
export function cutAtStop(stream: CompletionStream, stops: readonly string[]): CompletionStream {
  const sequences = stops.filter((stop) => stop !== "");
  return sequences.length === 0 ? stream : transformEvents(stream, createStopCut(sequences));
}

function createStopCut(sequences: readonly string[]): EventTransform {
  const matcher = createTextMatcher(sequences);
  const writer = createTextWriter();
  let held = "";
  /** The answer has begun to call tools: its text ends at a stop sequence, the calls do not. */
  let hasToolCalls = false;
  let isCut = false;
  let stopSequence = "";

  function takeText(text: string, events: CompletionEvent[]): void {
    const match = matcher.feed(text);
    const whole = held + text;
    const kept = match === undefined ? whole.length - matcher.heldLength() : held.length + match.end - match.length;
    writer.write(whole.slice(0, kept), events);
    held = match === undefined ? whole.slice(kept) : "";
    if (match === undefined) return;
    isCut = true;
    stopSequence = whole.slice(kept, kept + match.length);
  }

  /** Whatever is neither text nor beside it ends the run of text: the sequence cannot go on behind it. */
  function release(events: CompletionEvent[]): void {
    writer.write(held, events);
    held = "";
    matcher.reset();
  }

  return {
    take(batch, events) {
      for (const event of batch) {
        if (event.type === "text-delta") {
          if (isCut) continue;
          writer.hold(event.logprobs);
          takeText(event.text, events);
        } else if (!isCut || hasToolCalls || event.type === "usage") {
          if (event.type === "tool-call-start" || event.type === "finish") release(events);
          if (event.type === "tool-call-start") hasToolCalls = true;
          events.push(event);
        }
      }
      if (isCut && !hasToolCalls) events.push({ type: "finish", reason: "stop", stopSequence });
    },
    isOver: () => isCut && !hasToolCalls,
  };
}
