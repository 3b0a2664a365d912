import { describe, expect, it } from "vitest";
import { readEmbeddings } from "../../src/workers-ai/read-embeddings.ts";
import { failureReport, jsonAnswer, reportedFailure, unusable } from "./task-answer.ts";

describe("the vectors of an answer", () => {
  it("come in the order of the texts", async () => {
    const data = [
      [1, -0.5],
      [0, 2e-9],
    ];
    expect(await readEmbeddings(jsonAnswer({ shape: [2, 2], data }), 2)).toEqual({ vectors: data, usage: undefined });
  });

  it("come with the usage that the answer tells", async () => {
    const usage = { prompt_tokens: 4, total_tokens: 4 };
    const read = await readEmbeddings(jsonAnswer({ data: [[1]], usage }), 1);
    expect(read.usage).toMatchObject({ promptTokens: 4, completionTokens: 0, totalTokens: 4 });
  });

  it.each([
    ["no list", { 0: [1], 1: [1], length: 2 }],
    ["absent", undefined],
    ["fewer than the texts", [[1]]],
    ["more than the texts", [[1], [1], [1]]],
    ["in part empty", [[1], []]],
    ["in part no numbers", [[1], [1, "2"]]],
    ["in part incomplete", [[1], [null, 2]]],
    ["in part text", [[1], "12"]],
    ["in part an object that has a length", [[1], { 0: 1, length: 1 }]],
    ["in part missing", [[1], null]],
    ["flat", [1, 2]],
  ])("cannot be used where they are %s", async (_, data) => {
    await expect(readEmbeddings(jsonAnswer({ data }), 2)).rejects.toMatchObject(unusable);
  });

  it("give way to the failure that the answer reports", async () => {
    await expect(readEmbeddings(jsonAnswer(failureReport), 1)).rejects.toMatchObject(reportedFailure);
  });
});
