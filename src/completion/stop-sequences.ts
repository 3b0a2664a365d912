import type { CompletionEvent, CompletionStream, UsageEvent } from "./event.ts";

/**
 * Ends a completion at the first of the texts in `stops`, as models do that know stop sequences: the text itself is
 * not part of the answer, nothing follows it, and the upstream is cancelled.
 *
 * Text that may be the beginning of a stop sequence is held back until the next batch decides. Usage is passed on as
 * far as the upstream told it before it was cancelled; it is never computed.
 */
export function cutAtStop(stream: CompletionStream, stops: readonly string[]): CompletionStream {
  const sequences = stops.filter((stop) => stop !== "");
  if (sequences.length === 0) return stream;
  let held = "";
  let isCut = false;

  function takeText(text: string, events: CompletionEvent[]): void {
    const whole = held + text;
    const match = findFirst(whole, sequences);
    if (match !== undefined) {
      if (match > 0) events.push({ type: "text-delta", text: whole.slice(0, match) });
      held = "";
      isCut = true;
      return;
    }
    const kept = whole.length - heldLength(whole, sequences);
    if (kept > 0) events.push({ type: "text-delta", text: whole.slice(0, kept) });
    held = whole.slice(kept);
  }

  function takeBatch(batch: readonly CompletionEvent[], events: CompletionEvent[]): void {
    for (const [position, event] of batch.entries()) {
      if (event.type === "text-delta") takeText(event.text, events);
      else {
        // Whatever is not text ends the run of text: the sequence cannot go on behind it.
        if (held !== "" && event.type !== "usage" && event.type !== "reasoning-delta") {
          events.push({ type: "text-delta", text: held });
          held = "";
        }
        events.push(event);
      }
      if (isCut) {
        const usage = batch.slice(position + 1).find((later): later is UsageEvent => later.type === "usage");
        if (usage !== undefined) events.push(usage);
        events.push({ type: "finish", reason: "stop" });
        return;
      }
    }
  }

  return {
    async next() {
      const events: CompletionEvent[] = [];
      while (events.length === 0) {
        if (isCut) return undefined;
        const batch = await stream.next();
        if (batch === undefined) return undefined;
        takeBatch(batch, events);
        if (isCut) stream.cancel("stop sequence");
      }
      return events;
    },
    cancel: (reason) => stream.cancel(reason),
  };
}

/** The position of the match that begins first. */
function findFirst(text: string, sequences: readonly string[]): number | undefined {
  let first: number | undefined;
  for (const sequence of sequences) {
    const position = text.indexOf(sequence);
    if (position !== -1 && (first === undefined || position < first)) first = position;
  }
  return first;
}

/** The length of the longest end of `text` with which a sequence begins. */
function heldLength(text: string, sequences: readonly string[]): number {
  let longest = 0;
  for (const sequence of sequences) {
    for (let length = Math.min(sequence.length - 1, text.length); length > longest; length -= 1) {
      if (text.endsWith(sequence.slice(0, length))) longest = length;
    }
  }
  return longest;
}
