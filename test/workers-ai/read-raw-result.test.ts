import { describe, expect, it } from "vitest";
import { collectBytes } from "../../src/stream/byte-source.ts";
import { readRawResult } from "../../src/workers-ai/read-raw-result.ts";
import type { RawResult } from "../../src/workers-ai/read-raw-result.ts";
import { chunkedAnswer, failureReport, jsonAnswer, reportedFailure, textAnswer, unusable } from "./task-answer.ts";

/** What is said of a body, and its text. */
async function describeBody(result: RawResult) {
  if (result.kind !== "body") return result;
  const { body, ...rest } = result;
  return { ...rest, text: new TextDecoder().decode(await collectBytes(body, 1000)) };
}

describe("a result that is JSON", () => {
  it.each([
    ['{"a":1}', "application/json"],
    ['{"a":1}', "Application/JSON; charset=utf-8"],
    ['{"a":1}', undefined],
    [' {"a": 1}\n', "application/json"],
  ])("is its text and its object: %j, %s", async (text, type) => {
    expect(await readRawResult(textAnswer(text, type))).toEqual({
      kind: "json",
      text,
      value: { a: 1 },
      usage: undefined,
    });
  });

  it.each([
    ["[1,{}]", undefined],
    ["[1,{}]", "application/json"],
    ['"text"', "application/json"],
    ["0", "application/json"],
    ["null", "application/json"],
  ])("is its text alone where it is no object: %s, %s", async (text, type) => {
    expect(await readRawResult(textAnswer(text, type))).toEqual({
      kind: "json",
      text,
      value: undefined,
      usage: undefined,
    });
  });

  it("comes with the usage that it tells", async () => {
    const answer = jsonAnswer({ response: "a", usage: { prompt_tokens: 3, completion_tokens: 2 } });
    expect(await readRawResult(answer)).toMatchObject({
      usage: { promptTokens: 3, completionTokens: 2, totalTokens: 5 },
    });
  });

  it.each([
    ["", "application/json"],
    ["{", undefined],
    ["[1", undefined],
    ["text", "application/json"],
    ['data: {"response":"a"}', "application/json"],
  ])("cannot be used where it breaks off or is none: %j, %s", async (text, type) => {
    await expect(readRawResult(textAnswer(text, type))).rejects.toMatchObject(unusable);
  });

  it("gives way to the failure that it reports", async () => {
    await expect(readRawResult(jsonAnswer(failureReport))).rejects.toMatchObject(reportedFailure);
  });
});

describe("a result that is anything else", () => {
  const json = '{"a":1}';
  const event = 'data: {"response":"a"}\n\n';

  it.each([
    ["an event stream by its type", event, "text/event-stream", true],
    ["one by its type in capitals", event, "Text/Event-Stream; charset=utf-8", true],
    ["one by its type, whatever it begins with", ": hello\n\n", "text/event-stream", true],
    ["JSON that is declared as one", json, "text/event-stream", true],
    ["an image that begins as one", event, "image/png", false],
    ["of a type that has the name of one in it", event, "multipart/mixed; of=text/event-stream", false],
    ["of a type that has the name of JSON in it", json, "multipart/mixed; of=application/json", false],
    ["JSON that is declared as text", json, "text/plain", false],
    ["a declared type without a body", "", "image/png", false],
  ])("is given on as its content type has it: %s", async (_, text, contentType, isEventStream) => {
    const result = await readRawResult(textAnswer(text, contentType));
    expect(await describeBody(result)).toEqual({ kind: "body", contentType, isEventStream, isFree: false, text });
  });

  it.each([
    [event, "text/event-stream", true],
    ["data:", "text/event-stream", true],
    ["data", "application/octet-stream", false],
    ["date: 1", "application/octet-stream", false],
    [" data: 1", "application/octet-stream", false],
    [" {}", "application/octet-stream", false],
    ["", "application/octet-stream", false],
  ])(
    "has the content type that its beginning tells where it has none: %j",
    async (text, contentType, isEventStream) => {
      const result = await readRawResult(textAnswer(text));
      expect(await describeBody(result)).toEqual({ kind: "body", contentType, isEventStream, isFree: false, text });
    },
  );

  it.each([
    ["HIT", true],
    ["hit", true],
    ["MISS", false],
  ])("is free where the AI Gateway had it already (%s)", async (status, isFree) => {
    const { headers, body } = chunkedAnswer([Uint8Array.of(1)], "image/png");
    headers.set("cf-aig-cache-status", status);
    expect(await readRawResult({ headers, body })).toMatchObject({ isFree });
  });

  it("stops the answer once nobody wants it any more", async () => {
    const reasons: unknown[] = [];
    const { headers, body } = textAnswer(event);
    const result = await readRawResult({
      headers,
      body: {
        ...body,
        cancel: (reason) => {
          reasons.push(reason);
        },
      },
    });
    if (result.kind === "body") result.body.cancel("gone");
    expect(reasons).toEqual(["gone"]);
  });
});
