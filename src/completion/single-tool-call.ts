import type { CompletionEvent, CompletionStream } from "./event.ts";

/** Passes on the first tool call only: what `parallel_tool_calls: false` promises where the model does not know it. */
export function keepFirstToolCall(stream: CompletionStream): CompletionStream {
  return {
    async next() {
      for (let batch = await stream.next(); batch !== undefined; batch = await stream.next()) {
        const kept = batch.filter(isKept);
        if (kept.length > 0) return kept;
      }
      return undefined;
    },
    cancel: (reason) => stream.cancel(reason),
  };
}

function isKept(event: CompletionEvent): boolean {
  return !("index" in event) || event.index === 0;
}
