import type { CompletionEvent } from "./event.ts";

/** Writes text that was held back, with the log probabilities that came with it. */
export interface TextWriter {
  /** Log probabilities that go out with the next text. */
  hold(logprobs: readonly unknown[] | undefined): void;
  /** Adds the text to `events`, unless it is empty. */
  write(text: string, events: CompletionEvent[]): void;
  /** The text that the held probabilities belong to is not passed on as text. */
  drop(): void;
}

export function createTextWriter(): TextWriter {
  let held: unknown[] = [];
  return {
    hold(logprobs) {
      for (const entry of logprobs ?? []) held.push(entry);
    },
    write(text, events) {
      if (text === "") return;
      events.push(held.length === 0 ? { type: "text-delta", text } : { type: "text-delta", text, logprobs: held });
      held = [];
    },
    drop() {
      held = [];
    },
  };
}
