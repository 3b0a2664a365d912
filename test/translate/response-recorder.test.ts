import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CompletionEvent } from "../../src/completion/event.ts";
import { GatewayError } from "../../src/errors.ts";
import { responsesRequest } from "../../src/openai/responses-request.ts";
import { encodeSseEvent, SSE_DONE } from "../../src/stream/sse-encoder.ts";
import type { ResponseRecord } from "../../src/translate/response-events.ts";
import { createResponseRecorder } from "../../src/translate/response-recorder.ts";
import { toResponseFrame } from "../../src/translate/response-resource.ts";
import { checkResponseStream } from "../conformance/support/check-response-stream.ts";
import { call, finish, identity, reasoning, text, usage } from "./events.ts";

function createRecorder() {
  const request = responsesRequest.parse({ model: "m", input: "Hello" });
  const frame = toResponseFrame(
    request,
    { ...identity, id: `resp_${"a".repeat(24)}` },
    { isStored: false, conversation: undefined },
  );
  const options = {
    customTools: new Set(["note"]),
    namespacedTools: new Map(),
    includeObfuscation: true,
    readCost: undefined,
  };
  return createResponseRecorder(frame, options);
}

function toText(records: readonly ResponseRecord[]): string {
  return records.map(({ type, data }) => encodeSseEvent(type, data)).join("") + SSE_DONE;
}

function record(events: readonly CompletionEvent[]) {
  const recorder = createRecorder();
  const records = [...recorder.begin(), ...recorder.add(events), ...recorder.end()];
  return { ...checkResponseStream(toText(records)), resource: recorder.response() };
}

describe("createResponseRecorder", () => {
  it("tells reasoning, text and calls in the order in which they came", () => {
    const { problems, resource } = record([
      reasoning("First "),
      reasoning("this."),
      ...text("I ", "look."),
      ...call(0, "f", '{"a":', "1}"),
      ...call(1, "note", '{"input":"hello"}'),
      usage(3, 4, { cachedTokens: 1, reasoningTokens: 2 }),
      finish("tool_calls"),
    ]);
    expect(problems).toEqual([]);
    expect(resource.output).toMatchObject([
      { type: "reasoning", content: [{ text: "First this." }] },
      { type: "message", content: [{ text: "I look." }] },
      { type: "function_call", name: "f", call_id: "call_0", arguments: '{"a":1}', status: "completed" },
      { type: "custom_tool_call", name: "note", call_id: "call_1", input: "hello" },
    ]);
    expect(resource.usage).toEqual({
      input_tokens: 3,
      input_tokens_details: { cached_tokens: 1, cache_write_tokens: 0 },
      output_tokens: 4,
      output_tokens_details: { reasoning_tokens: 2 },
      total_tokens: 7,
    });
  });

  it.each([
    ["nothing", []],
    ["nothing but reasoning", [reasoning("Hm.")]],
    ["empty pieces", text("", "")],
  ])("makes an empty message of %s", (_title, events) => {
    const { problems, resource } = record([...events, finish()]);
    expect(problems).toEqual([]);
    expect(resource.output.at(-1)).toMatchObject({ type: "message", content: [{ text: "" }], status: "completed" });
    expect(resource.usage).toBeNull();
  });

  it.each([
    ["length", "max_output_tokens"],
    ["content_filter", "content_filter"],
  ] as const)("is incomplete where the answer ended for %s", (reason, told) => {
    const { problems, resource } = record([...text("Half a "), finish(reason)]);
    expect(problems).toEqual([]);
    expect(resource).toMatchObject({
      status: "incomplete",
      incomplete_details: { reason: told },
      completed_at: null,
      output: [{ status: "incomplete" }],
    });
  });

  it("tells a call that was cut from one that was whole", () => {
    expect(record([...call(0, "f", '{"a":'), finish("length")]).resource.output).toMatchObject([
      { status: "incomplete" },
    ]);
    expect(record([...call(0, "f", '{"a":1}'), finish("length")]).resource.output).toMatchObject([
      { status: "completed" },
    ]);
  });

  it("shows what there is of a response that failed or was cancelled, and of one that goes on", () => {
    for (const end of ["failed", "cancelled", "in_progress"] as const) {
      const recorder = createRecorder();
      recorder.add(text("Half a "));
      if (end === "failed") recorder.fail(new GatewayError("out_of_capacity", "There is no capacity."));
      if (end === "cancelled") recorder.cancel();
      const error = end === "failed" ? { code: "rate_limit_exceeded", message: "There is no capacity." } : null;
      const output = [{ type: "message", status: "incomplete", content: [{ text: "Half a " }] }];
      expect(recorder.response()).toMatchObject({ status: end, error, usage: null, output });
    }
  });

  it("keeps to the order of events whatever the model does", () => {
    const piece = fc.constantFrom("", "a", "\n\n", '"', "\ud83c\udf0a", "data: [DONE]\n\n", "\u2028");
    const step = fc.oneof(
      fc.record({ kind: fc.constant("text" as const), piece }),
      fc.record({ kind: fc.constant("reasoning" as const), piece }),
      fc.record({ kind: fc.constantFrom("f" as const, "note" as const), piece }),
    );
    const reason = fc.constantFrom(
      "stop" as const,
      "length" as const,
      "tool_calls" as const,
      "content_filter" as const,
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), reason, fc.boolean(), (steps, ending, isCut) => {
        let calls = 0;
        const events = steps.flatMap((each): CompletionEvent[] => {
          if (each.kind === "text") return text(each.piece);
          if (each.kind === "reasoning") return [reasoning(each.piece)];
          calls += 1;
          return call(calls - 1, each.kind, each.piece);
        });
        const recorder = createRecorder();
        const opening = [...recorder.begin(), ...recorder.add(events)];
        const closing = isCut
          ? recorder.fail(new GatewayError("upstream_failed", "It broke off."))
          : [...recorder.add([finish(ending)]), ...recorder.end()];
        expect(checkResponseStream(toText([...opening, ...closing])).problems).toEqual([]);
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});
