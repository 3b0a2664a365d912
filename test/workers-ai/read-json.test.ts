import { describe, expect, it } from "vitest";
import { readJsonAnswer, readWholeAnswer } from "../../src/workers-ai/read-json.ts";
import { chunkedAnswer, failureReport, jsonAnswer, reportedFailure, textAnswer, unusable } from "./task-answer.ts";

const MEBIBYTE = 1024 * 1024;

describe("an answer that is JSON", () => {
  it.each(["application/json", "text/plain", undefined])(
    "is read whatever its content type says (%s)",
    async (type) => {
      expect(await readJsonAnswer(textAnswer('{"response":"é"}', type))).toEqual({ response: "é" });
    },
  );

  it("is read wherever the network cut it, also within a character", async () => {
    const chunks = Array.from(new TextEncoder().encode('{"response":"é"}'), (byte) => Uint8Array.of(byte));
    expect(await readJsonAnswer(chunkedAnswer(chunks))).toEqual({ response: "é" });
  });

  it.each(["", "{", "[1]", '"text"', "7", "null", "<html>"])(
    "cannot be used where it is no object: %j",
    async (text) => {
      await expect(readJsonAnswer(textAnswer(text))).rejects.toMatchObject(unusable);
    },
  );

  it("fails with the failure that it reports", async () => {
    await expect(readJsonAnswer(jsonAnswer(failureReport))).rejects.toMatchObject(reportedFailure);
  });
});

describe("an answer that is read whole", () => {
  it("has no bytes where nothing came", async () => {
    expect(await readWholeAnswer(textAnswer("").body)).toEqual(new Uint8Array());
  });

  it("is given up where it is longer than 32 MiB, and is not asked for again", async () => {
    const state = { reads: 0, cancelled: 0 };
    const chunk = new Uint8Array(MEBIBYTE);
    const endless = {
      next: async () => {
        state.reads += 1;
        return chunk;
      },
      cancel: () => {
        state.cancelled += 1;
      },
    };
    await expect(readWholeAnswer(endless)).rejects.toMatchObject({
      kind: "upstream_failed",
      message: "Workers AI sent an answer that is too long.",
      retryable: false,
    });
    expect(state).toEqual({ reads: 33, cancelled: 1 });
  });
});
