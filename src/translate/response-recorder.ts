import type { CompletionEvent, FinishReason } from "../completion/event.ts";
import type { GatewayError } from "../errors.ts";
import { createResponseEvents } from "./response-events.ts";
import type { ResponseRecord } from "./response-events.ts";
import { createResponseOutput } from "./response-output.ts";
import type { OutputOptions } from "./response-output.ts";
import { begun, toCancelled, toEnded, toFailed } from "./response-resource.ts";
import type { ResponseFrame, ResponseProgress, ResponseResource } from "./response-resource.ts";
import type { CostReader } from "./usage.ts";

/** Makes a response of the events of a completion: the object, and the events that tell how it came about. */
export interface ResponseRecorder {
  /** The response as it is by now. */
  response(): ResponseResource;
  begin(): readonly ResponseRecord[];
  add(events: readonly CompletionEvent[]): readonly ResponseRecord[];
  end(): readonly ResponseRecord[];
  fail(error: GatewayError): readonly ResponseRecord[];
  /** Nobody waits for the rest; there are no events for that. */
  cancel(): void;
}

interface RecorderOptions extends OutputOptions {
  /** The usage tells its cost. */
  readonly readCost?: CostReader | undefined;
}

export function createResponseRecorder(frame: ResponseFrame, options: RecorderOptions): ResponseRecorder {
  const events = createResponseEvents(frame);
  const output = createResponseOutput(events, options);
  /** How the response ended, once it has. */
  let end: ResponseProgress | undefined;

  return {
    response() {
      return { ...frame, ...(end ?? { ...begun, output: output.items() }) };
    },
    begin() {
      events.addLifecycle("response.created", begun);
      events.addLifecycle("response.in_progress", begun);
      return events.take();
    },
    add(batch) {
      for (const event of batch) output.add(event);
      return events.take();
    },
    end() {
      const reason = toIncompleteReason(output.finishReason());
      output.end(reason !== undefined);
      end = toEnded(output.items(), output.usage(), reason, options.readCost);
      events.addLifecycle(reason === undefined ? "response.completed" : "response.incomplete", end);
      return events.take();
    },
    fail(error) {
      end = toFailed(output.items(), error);
      events.addError(error);
      events.addLifecycle("response.failed", end);
      return events.take();
    },
    cancel() {
      end = toCancelled(output.items());
    },
  };
}

function toIncompleteReason(reason: FinishReason): "max_output_tokens" | "content_filter" | undefined {
  switch (reason) {
    case "length":
      return "max_output_tokens";
    case "content_filter":
      return "content_filter";
    case "stop":
    case "tool_calls":
      return undefined;
    default:
      return reason satisfies never;
  }
}
