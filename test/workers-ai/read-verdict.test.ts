import { describe, expect, it } from "vitest";
import { readVerdict } from "../../src/workers-ai/read-verdict.ts";
import { failureReport, jsonAnswer, reportedFailure, unusable } from "./task-answer.ts";

const safe = { isSafe: true, hazards: [], usage: undefined };

function unsafe(...hazards: readonly string[]) {
  return { isSafe: false, hazards, usage: undefined };
}

describe("a verdict that is an object", () => {
  it.each([
    [{ safe: true, categories: [] }, safe],
    [{ safe: true }, safe],
    [{ safe: false, categories: ["S1", "S10"] }, unsafe("S1", "S10")],
    [{ safe: false, categories: ["S1", 2, null, ["S3"], "S4"] }, unsafe("S1", "S4")],
    [{ safe: false, categories: [] }, unsafe()],
    [{ safe: false, categories: "S1" }, unsafe()],
    [{ safe: false }, unsafe()],
  ])("is read with the hazards that it names: %j", async (response, verdict) => {
    expect(await readVerdict(jsonAnswer({ response }))).toEqual(verdict);
    expect(await readVerdict(jsonAnswer({ response: JSON.stringify(response) }))).toEqual(verdict);
  });
});

describe("a verdict that is text", () => {
  it.each([
    ["safe", safe],
    ["\n\nsafe", safe],
    ["Safe \n", safe],
    ["safe\nS1", safe],
    ["unsafe", unsafe()],
    ["unsafe\nS1", unsafe("S1")],
    ["\n\nunsafe\nS1,S14\n", unsafe("S1", "S14")],
    ["UNSAFE \r\n S10,S2", unsafe("S10", "S2")],
    ["unsafe S3", unsafe("S3")],
  ])("is read with the hazards on its next line: %j", async (response, verdict) => {
    expect(await readVerdict(jsonAnswer({ response }))).toEqual(verdict);
  });

  it.each(["S", "S123", "XS1", "s1", "1", "SX", "SXY", "S1x", ""])("has no hazard by the name of %j", async (name) => {
    expect(await readVerdict(jsonAnswer({ response: `unsafe\nS1,${name},S2` }))).toEqual(unsafe("S1", "S2"));
  });
});

describe("an answer without a verdict", () => {
  it.each([
    undefined,
    null,
    "",
    " ",
    "unsafely",
    "The conversation is safe.",
    "{",
    '"safe"',
    "true",
    true,
    7,
    ["safe"],
    { safe: "true" },
    { safe: null, categories: ["S1"] },
    { categories: ["S1"] },
    '{"safe":1}',
  ])("cannot be used: %j", async (response) => {
    await expect(readVerdict(jsonAnswer({ response }))).rejects.toMatchObject(unusable);
  });

  it("fails with the failure that it reports", async () => {
    await expect(readVerdict(jsonAnswer(failureReport))).rejects.toMatchObject(reportedFailure);
  });
});

it("comes with the usage that the answer tells", async () => {
  const usage = { prompt_tokens: 200, completion_tokens: 3 };
  for (const response of ["safe", { safe: true }]) {
    const read = await readVerdict(jsonAnswer({ response, usage }));
    expect(read).toMatchObject({ isSafe: true, usage: { promptTokens: 200, completionTokens: 3, totalTokens: 203 } });
  }
});
