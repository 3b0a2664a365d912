import { createParser } from "eventsource-parser";
import type { EventSourceMessage } from "eventsource-parser";
import { expect, it } from "vitest";
import { encodeSseData, encodeSseEvent, SSE_DONE } from "../../src/stream/sse-encoder.ts";

it("records are written as clients read them: with their data, and their event where they have one", () => {
  const events: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => events.push(event) });
  parser.feed(encodeSseData('{"a":1}') + encodeSseEvent("response.created", "{}") + SSE_DONE);
  expect(events).toEqual([
    { id: undefined, event: undefined, data: '{"a":1}' },
    { id: undefined, event: "response.created", data: "{}" },
    { id: undefined, event: undefined, data: "[DONE]" },
  ]);
});
