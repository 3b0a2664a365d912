import { describe, expect, it } from "vitest";
import { readTranscript, toTranscript } from "../../src/workers-ai/read-transcript.ts";
import { failureReport, jsonAnswer, reportedFailure, textAnswer, unusable } from "./task-answer.ts";

const nothingElse = { language: undefined, duration: undefined, words: [], segments: [] };

describe("what a Whisper model heard", () => {
  it("is read with the language, the length, and the times of words and segments", async () => {
    const answer = jsonAnswer({
      text: "Hi there",
      word_count: 2,
      transcription_info: { language: "en", language_probability: 0.9, duration: 1.5 },
      segments: [
        {
          start: 0,
          end: 1.25,
          text: " Hi there",
          temperature: 0,
          avg_logprob: -0.25,
          compression_ratio: 0.75,
          no_speech_prob: 0.125,
          words: [
            { word: " Hi", start: 0, end: 0.5 },
            { word: " there", start: 0.5, end: 1.25 },
          ],
        },
      ],
    });
    expect(await readTranscript(answer)).toEqual({
      text: "Hi there",
      language: "en",
      duration: 1.5,
      words: [
        { text: " Hi", start: 0, end: 0.5 },
        { text: " there", start: 0.5, end: 1.25 },
      ],
      segments: [
        {
          text: " Hi there",
          start: 0,
          end: 1.25,
          temperature: 0,
          averageLogprob: -0.25,
          compressionRatio: 0.75,
          noSpeechProbability: 0.125,
        },
      ],
    });
  });

  it("is its text alone where the answer tells no more", () => {
    expect(toTranscript({ text: "Hi" })).toEqual({ text: "Hi", ...nothingElse });
  });

  it("is an empty text where it was silence", () => {
    expect(toTranscript({ text: "" })).toEqual({ text: "", ...nothingElse });
  });

  it("is taken out of the envelope of the REST interface", () => {
    expect(toTranscript({ text: "outer", result: { text: "inner" } }).text).toBe("inner");
    expect(toTranscript({ text: "outer", result: "inner" }).text).toBe("outer");
  });

  it.each([{}, { text: null }, { text: 1 }, { text: ["a"] }, { text: "outer", result: {} }])(
    "cannot be used without a text: %j",
    async (answer) => {
      await expect(readTranscript(jsonAnswer(answer))).rejects.toMatchObject(unusable);
    },
  );

  it("gives way to the failure that the answer reports", async () => {
    await expect(readTranscript(jsonAnswer(failureReport))).rejects.toMatchObject(reportedFailure);
  });
});

describe("the language and the length of a recording", () => {
  it.each([
    [{ language: "de", duration: 0 }, "de", 0],
    [{ language: "", duration: "1.5" }, undefined, undefined],
    [{ language: 5, duration: null }, undefined, undefined],
    [{ language: null }, undefined, undefined],
    [undefined, undefined, undefined],
    ["de", undefined, undefined],
    [["de", 1], undefined, undefined],
  ])("are unknown where the answer does not tell them: %j", (info, language, duration) => {
    expect(toTranscript({ text: "a", transcription_info: info })).toMatchObject({ language, duration });
  });

  it("are unknown where a number is larger than any", async () => {
    const read = await readTranscript(
      textAnswer('{"text":"a","transcription_info":{"language":"de","duration":1e999}}'),
    );
    expect(read).toMatchObject({ language: "de", duration: undefined });
  });
});

function wordsOf(answer: Record<string, unknown>): readonly string[] {
  return toTranscript({ text: "a", ...answer }).words.map(({ text }) => text);
}

describe("the words of a transcript", () => {
  const own = { word: "own", start: 0, end: 1 };
  const other = { word: "other", start: 1, end: 2 };

  it("are the answer's own, or else those of its segments in turn", () => {
    const segments = [{ words: [other] }, { words: "none" }, null, { words: [own] }];
    expect(wordsOf({ words: [own], segments })).toEqual(["own"]);
    expect(wordsOf({ words: [], segments })).toEqual(["other", "own"]);
    expect(wordsOf({ segments })).toEqual(["other", "own"]);
    expect(wordsOf({ words: [{ word: "without a time" }], segments })).toEqual(["other", "own"]);
    expect(wordsOf({ words: [own] })).toEqual(["own"]);
  });

  it.each([
    ["without a beginning", { word: "a", end: 1 }],
    ["without an end", { word: "a", start: 0 }],
    ["without a text", { start: 0, end: 1 }],
    ["whose text is a number", { word: 1, start: 0, end: 1 }],
    ["whose text has another name", { text: "a", start: 0, end: 1 }],
    ["whose beginning is text", { word: "a", start: "0", end: 1 }],
    ["whose end is null", { word: "a", start: 0, end: null }],
    ["that is text", "a"],
    ["that is null", null],
    ["that is a list", ["a", 0, 1]],
  ])("leave out one %s", (_, word) => {
    expect(wordsOf({ words: [own, word, other] })).toEqual(["own", "other"]);
  });

  it.each(["own", 1, null, { 0: own }])("are none where they are no list: %j", (words) => {
    expect(wordsOf({ words })).toEqual([]);
  });
});

describe("the segments of a transcript", () => {
  it("need a text and both times, and nothing else", () => {
    const segments = [
      { text: "a", start: 0, end: 1 },
      { text: "without an end", start: 0 },
      { text: "without a beginning", end: 1 },
      { word: "without a text", start: 0, end: 1 },
      null,
      "b",
      { text: "c", start: 1, end: 2, temperature: "0", avg_logprob: null, compression_ratio: [], no_speech_prob: true },
    ];
    const unknown = {
      temperature: undefined,
      averageLogprob: undefined,
      compressionRatio: undefined,
      noSpeechProbability: undefined,
    };
    expect(toTranscript({ text: "a c", segments }).segments).toEqual([
      { text: "a", start: 0, end: 1, ...unknown },
      { text: "c", start: 1, end: 2, ...unknown },
    ]);
  });
});
