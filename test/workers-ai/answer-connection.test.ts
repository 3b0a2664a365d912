import { describe, expect, it } from "vitest";
import { readAnswer } from "../../src/workers-ai/answer.ts";
import { readOutcome, summarise } from "../completion/outcome.ts";
import { decoderOptions } from "./read-bytes.ts";

describe("the connection behind an answer", () => {
  const encoder = new TextEncoder();

  /** A body that gives these texts and then fails, or goes on for ever. */
  function openBody(texts: readonly string[], failure?: Error) {
    const state = { cancelled: 0, pulls: 0 };
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          const text = texts[state.pulls];
          state.pulls += 1;
          if (text !== undefined) controller.enqueue(encoder.encode(text));
          else if (failure !== undefined) controller.error(failure);
        },
        cancel() {
          state.cancelled += 1;
        },
      },
      { highWaterMark: 0 },
    );
    return {
      answer: readAnswer(body, decoderOptions()),
      state,
    };
  }

  it("is given back at [DONE], without a further read", async () => {
    const { answer, state } = openBody(['data: {"response":"a"}\n\ndata: [DONE]\n\n']);
    expect(summarise(await readOutcome(answer))).toEqual({ text: "a", finish: "stop" });
    expect(state).toEqual({ cancelled: 1, pulls: 1 });
  });

  it("is given back at a failure", async () => {
    const { answer, state } = openBody(['data: {"response":"a"}\n\ndata: {"error":{"message":"x"}}\n\n']);
    expect(summarise(await readOutcome(answer))).toEqual({ text: "a", failure: "upstream_failed" });
    expect(state).toEqual({ cancelled: 1, pulls: 1 });
  });

  it("fails the answer when it is lost before the finish", async () => {
    const { answer } = openBody(['data: {"response":"a"}\n\n'], new Error("lost"));
    const { events, failure } = await readOutcome(answer);
    expect(events).toEqual([{ type: "text-delta", text: "a" }]);
    expect(failure).toMatchObject({ kind: "upstream_failed", retryable: true });
  });

  it("may be lost behind the finish", async () => {
    const finish = '{"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}';
    const { answer } = openBody([`data: ${finish}\n\n`, "data: {"], new Error("lost"));
    expect(summarise(await readOutcome(answer))).toEqual({ text: "a", finish: "stop" });
  });

  it("is cancelled while a read is pending", async () => {
    const { answer, state } = openBody([]);
    const pending = readOutcome(answer);
    answer.cancel("gone");
    answer.cancel("gone");
    expect((await pending).failure?.kind).toBe("upstream_failed");
    expect(state.cancelled).toBe(1);
  });

  it("is read only as fast as the answer is", async () => {
    const { answer, state } = openBody(Array.from({ length: 50 }, () => 'data: {"response":"a"}\n\n'));
    await answer.next();
    await answer.next();
    expect(state.pulls).toBe(2);
  });
});
