import { describe, expect, it, vi } from "vitest";
import { MAX_JSON_BYTES } from "../../src/workers-ai/answer-decoder.ts";
import type { OpenAnswer } from "../../src/workers-ai/call.ts";
import { isWholeAnswer, readWholeAnswer } from "../../src/workers-ai/whole-answer.ts";
import { decoderOptions } from "./read-bytes.ts";

function headersOf(length: string | undefined, type: string | undefined, encoding?: string): Headers {
  const headers = new Headers();
  if (length !== undefined) headers.set("content-length", length);
  if (type !== undefined) headers.set("content-type", type);
  if (encoding !== undefined) headers.set("content-encoding", encoding);
  return headers;
}

/** An answer that the runtime reads, with this body, or whose body is lost. */
function openAnswer(body: string | Error) {
  const bytes = new TextEncoder().encode(typeof body === "string" ? body : "");
  const readWhole = vi.fn<OpenAnswer["readWhole"]>(async () => {
    if (typeof body !== "string") throw body;
    return bytes.slice().buffer;
  });
  return { stream: readWholeAnswer({ readWhole }, decoderOptions()), readWhole };
}

describe("an answer", () => {
  const json = "application/json";

  it.each([
    ["of a length of one digit", headersOf("5", json)],
    ["of a length of several digits", headersOf("12345", json)],
    ["with parameters behind its type", headersOf("12", "application/json; charset=utf-8")],
    ["as long as is held of one", headersOf(String(MAX_JSON_BYTES), json)],
  ])("%s is read by the runtime", (_fact, headers) => {
    expect(isWholeAnswer(headers)).toBe(true);
  });

  it.each([
    ["without a length", headersOf(undefined, json)],
    ["of no bytes", headersOf("0", json)],
    ["whose length begins with a zero", headersOf("012", json)],
    ["whose length is said twice", headersOf("12, 12", json)],
    ["whose length is no number", headersOf("many", json)],
    ["that is longer than what is held of one", headersOf(String(MAX_JSON_BYTES + 1), json)],
    ["without a type", headersOf("12", undefined)],
    ["that is a stream", headersOf("12", "text/event-stream")],
    ["of a type that only ends as JSON's does", headersOf("12", "x-application/json")],
    ["that is compressed", headersOf("12", json, "gzip")],
  ])("%s is read as it comes", (_fact, headers) => {
    expect(isWholeAnswer(headers)).toBe(false);
  });
});

describe("an answer that the runtime reads", () => {
  const text = { type: "text-delta", text: "a" };
  const stop = { type: "finish", reason: "stop" };

  it.each(['{"response":"a"}', 'data: {"response":"a"}\n\ndata: [DONE]\n\n'])(
    "is one batch of events, and then the end (%s)",
    async (body) => {
      const { stream, readWhole } = openAnswer(body);
      expect(readWhole).not.toHaveBeenCalled();
      expect(await stream.next()).toEqual([text, stop]);
      expect(await stream.next()).toBeUndefined();
      expect(await stream.next()).toBeUndefined();
      expect(readWhole).toHaveBeenCalledOnce();
    },
  );

  it("fails behind the events that are in front of the failure", async () => {
    const { stream } = openAnswer('data: {"response":"a"}\n\ndata: {"internalCode":3040}\n\n');
    expect(await stream.next()).toEqual([text]);
    await expect(stream.next()).rejects.toMatchObject({ kind: "out_of_capacity" });
  });

  it("fails at once where no events are in front of the failure", async () => {
    const { stream } = openAnswer('{"internalCode":3040}');
    await expect(stream.next()).rejects.toMatchObject({ kind: "out_of_capacity" });
  });

  it("is a failure that may be repeated where its body is lost", async () => {
    const lost = new Error("lost");
    await expect(openAnswer(lost).stream.next()).rejects.toMatchObject({
      kind: "upstream_failed",
      retryable: true,
      cause: lost,
    });
  });

  it("may be cancelled before it is read and behind its end", async () => {
    const { stream } = openAnswer('{"response":"a"}');
    expect(() => stream.cancel()).not.toThrow();
    expect(await stream.next()).toEqual([text, stop]);
    expect(() => stream.cancel("gone")).not.toThrow();
  });
});
