import type { CompletionEvent, CompletionStream } from "./event.ts";
import { createTextWriter } from "./text-writer.ts";
import { createThinkTagSplitter } from "./think-tags.ts";
import type { ThinkingForm, ThoughtSink } from "./think-tags.ts";
import { transformEvents } from "./transform.ts";
import type { EventTransform } from "./transform.ts";

/**
 * Turns the reasoning that a model writes into its text into reasoning events. Only at the beginning of an answer: a
 * tag further on is text that speaks of tags.
 *
 * Quirk(native, deepseek-r1-distill-qwen-32b and qwq-32b, 2026-07): the reasoning stands in the text, at times without
 * its opening tag. For these models text counts as reasoning from the first character, because it cannot be told from
 * an answer until the closing tag comes, and holding all of it back would leave the client without a sign of life for
 * minutes; fixtures native-think.sse, native-think-unopened.sse. If the answer ends properly and the closing tag never
 * came, all of it was the answer, and it is given as text too: better said twice than lost; fixture
 * native-think-none.sse.
 */
export function separateReasoning(stream: CompletionStream, form: ThinkingForm): CompletionStream {
  return form === "never" ? stream : transformEvents(stream, createSeparation(form));
}

function createSeparation(form: "tagged" | "untagged"): EventTransform {
  const splitter = createThinkTagSplitter(form);
  const writer = createTextWriter();

  function toSink(events: CompletionEvent[]): ThoughtSink {
    return {
      answer: (text) => writer.write(text, events),
      reasoning(text) {
        writer.drop();
        events.push({ type: "reasoning-delta", text });
      },
    };
  }

  return {
    take(batch, events) {
      const sink = toSink(events);
      for (const event of batch) {
        if (event.type === "text-delta" && !splitter.isInAnswer()) {
          writer.hold(event.logprobs);
          splitter.take(event.text, sink);
          continue;
        }
        if (event.type === "reasoning-delta") splitter.expectTag();
        else if (event.type === "finish") splitter.end(event.reason === "stop", sink);
        events.push(event);
      }
    },
  };
}
