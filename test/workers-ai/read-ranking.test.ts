import { describe, expect, it } from "vitest";
import { readRanking } from "../../src/workers-ai/read-ranking.ts";
import { failureReport, jsonAnswer, reportedFailure, unusable } from "./task-answer.ts";

describe("the scores of an answer", () => {
  it("come in the order of the contexts, though the model gives the best first", async () => {
    const response = [
      { id: 1, score: 0.9 },
      { id: 2, score: 0 },
      { id: 0, score: -3 },
    ];
    expect(await readRanking(jsonAnswer({ response }), 3)).toEqual({ scores: [-3, 0.9, 0], usage: undefined });
  });

  it("come with the usage that the answer tells", async () => {
    const usage = { prompt_tokens: 9, completion_tokens: 0 };
    const read = await readRanking(jsonAnswer({ response: [{ id: 0, score: 1 }], usage }), 1);
    expect(read.usage).toMatchObject({ promptTokens: 9, completionTokens: 0, totalTokens: 9 });
  });

  it("leave out what is of no context", async () => {
    const response = [null, "0", 7, { id: 0, score: 0.5 }, { id: 1, score: 0.7 }, { id: "0", score: 0.1 }, {}];
    expect((await readRanking(jsonAnswer({ response }), 1)).scores).toEqual([0.5]);
  });

  it.each([
    ["absent", undefined],
    ["no list", { 0: { id: 0, score: 1 } }],
    ["text", "0.5"],
    ["fewer than the contexts", [{ id: 0, score: 1 }]],
    ["in part without a number", [{ id: 0, score: 1 }, { id: 1 }]],
    [
      "in part text",
      [
        { id: 0, score: 1 },
        { id: 1, score: "0.5" },
      ],
    ],
    [
      "twice of one context",
      [
        { id: 0, score: 1 },
        { id: 0, score: 1 },
      ],
    ],
    [
      "counted from one",
      [
        { id: 1, score: 1 },
        { id: 2, score: 1 },
      ],
    ],
  ])("cannot be used where they are %s", async (_, response) => {
    await expect(readRanking(jsonAnswer({ response }), 2)).rejects.toMatchObject(unusable);
  });

  it("give way to the failure that the answer reports", async () => {
    await expect(readRanking(jsonAnswer(failureReport), 1)).rejects.toMatchObject(reportedFailure);
  });
});
