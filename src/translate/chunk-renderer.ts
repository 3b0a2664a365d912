import type { CompletionEvent, Usage, UsageEvent } from "../completion/event.ts";
import type { ChunkFrames } from "./chunk-frames.ts";
import type { StreamRenderer } from "./stream-renderer.ts";

/** The events that become chunks of a choice. Usage belongs to all choices together, and to the end. */
export type ChoiceEvent = Exclude<CompletionEvent, UsageEvent>;

/** What the streams of chat and of text completions do alike, around what each makes of an event. */
export function createChunkRenderer(
  frames: ChunkFrames,
  renderEvent: (choice: number, event: ChoiceEvent) => string,
): StreamRenderer {
  const usages: Usage[] = [];
  let finished = 0;
  return {
    render({ choice, events }) {
      let text = "";
      for (const event of events) {
        if (event.type === "usage") {
          usages.push(event.usage);
          continue;
        }
        if (event.type === "finish") finished += 1;
        text += renderEvent(choice, event);
      }
      return text;
    },
    end: () => frames.end(usages, finished),
    fail: (error) => frames.fail(error),
  };
}
