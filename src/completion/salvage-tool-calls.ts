import type { CompletionEvent, CompletionStream } from "./event.ts";
import type { OfferedTool } from "./leaked-call.ts";
import { LeakedCallScanner } from "./leaked-call-scanner.ts";
import type { LeakedCallSink } from "./leaked-call-scanner.ts";
import { createTextWriter } from "./text-writer.ts";
import { transformEvents } from "./transform.ts";
import type { EventTransform } from "./transform.ts";

/**
 * Turns tool calls that a model wrote as text into tool call events, and the `stop` at their end into `tool_calls`.
 *
 * Only calls of tools that were offered, and only in the forms in which models are known to leak them: as the whole
 * answer, or in a tag of their own at the beginning of a line. Text that can still become a call is held back; text
 * that cannot is passed on at once, character for character; JSON and code in an answer stay what they are.
 *
 * Where the upstream tells calls apart itself, its text is text.
 */
export function salvageToolCalls(
  stream: CompletionStream,
  tools: readonly OfferedTool[],
  mintId: () => string,
): CompletionStream {
  return tools.length === 0 ? stream : transformEvents(stream, createSalvage(tools, mintId));
}

function createSalvage(tools: readonly OfferedTool[], mintId: () => string): EventTransform {
  const scanner = new LeakedCallScanner(tools);
  const writer = createTextWriter();
  /** Calls that were found in the text; those of the upstream are numbered behind them. */
  let salvaged = 0;
  let hasUpstreamCalls = false;

  function toSink(events: CompletionEvent[]): LeakedCallSink {
    return {
      text: (text) => writer.write(text, events),
      call({ name, argumentsText }) {
        const index = salvaged;
        salvaged += 1;
        // The probabilities were those of the call's tokens; OpenAI gives none for calls.
        writer.drop();
        events.push(
          { type: "tool-call-start", index, id: mintId(), name },
          { type: "tool-call-delta", index, argumentsDelta: argumentsText },
          { type: "tool-call-end", index },
        );
      },
    };
  }

  function takeEvent(event: CompletionEvent, sink: LeakedCallSink, events: CompletionEvent[]): void {
    switch (event.type) {
      case "text-delta":
        writer.hold(event.logprobs);
        if (hasUpstreamCalls) sink.text(event.text);
        else scanner.take(event.text, sink);
        break;
      case "tool-call-start":
      case "tool-call-delta":
      case "tool-call-end":
        if (!hasUpstreamCalls) scanner.release(sink);
        hasUpstreamCalls = true;
        events.push({ ...event, index: event.index + salvaged });
        break;
      case "finish":
        scanner.end(sink);
        events.push(salvaged > 0 && event.reason === "stop" ? { type: "finish", reason: "tool_calls" } : event);
        break;
      case "usage":
        scanner.end(sink);
        events.push(event);
        break;
      case "reasoning-delta":
        events.push(event);
        break;
      default:
        event satisfies never;
    }
  }

  return {
    take(batch, events) {
      const sink = toSink(events);
      for (const event of batch) takeEvent(event, sink, events);
    },
  };
}
