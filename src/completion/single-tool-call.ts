import type { CompletionStream } from "./event.ts";
import { transformEvents } from "./transform.ts";

/** Passes on the first tool call only: what `parallel_tool_calls: false` promises where the model does not know it. */
export function keepFirstToolCall(stream: CompletionStream): CompletionStream {
  return transformEvents(stream, {
    take(batch, events) {
      for (const event of batch) if (!("index" in event) || event.index === 0) events.push(event);
    },
  });
}
