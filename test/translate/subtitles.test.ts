import { describe, expect, it } from "vitest";
import { toLines, toSrt, toVtt } from "../../src/translate/subtitles.ts";
import type { TimedText, Transcript } from "../../src/workers-ai/read-transcript.ts";

function transcript(words: readonly TimedText[], segments: Transcript["segments"] = []): Transcript {
  return { text: words.map(({ text }) => text).join(" "), language: undefined, duration: undefined, words, segments };
}

/** A word every half second. */
function said(text: string, start = 0): readonly TimedText[] {
  return text.split(" ").map((word, index) => ({ text: word, start: start + index / 2, end: start + index / 2 + 0.4 }));
}

function textsOf(words: readonly TimedText[]): readonly string[] {
  return toLines(transcript(words)).map(({ text }) => text);
}

describe("lines of subtitles", () => {
  it("end with a sentence", () => {
    expect(textsOf(said("Yes. No! Well? Then"))).toEqual(["Yes.", "No!", "Well?", "Then"]);
  });

  it("end where nobody speaks for a second", () => {
    expect(textsOf([...said("one two"), ...said("three", 5)])).toEqual(["one two", "three"]);
  });

  it("are no longer than seven seconds and eighty characters", () => {
    for (const words of [said("word ".repeat(60).trim()), said("incomprehensibilities ".repeat(9).trim())]) {
      for (const { text, start, end } of toLines(transcript(words))) {
        expect(text.length).toBeLessThanOrEqual(80);
        expect(end - start).toBeLessThanOrEqual(7);
      }
    }
  });

  it("lose no word, and follow one another", () => {
    const words = said("a bc, def. ghij klm no? pq ".repeat(20).trim());
    const lines = toLines(transcript(words));
    expect(lines.map(({ text }) => text).join(" ")).toBe(words.map(({ text }) => text).join(" "));
    for (const [index, { start, end }] of lines.entries()) {
      expect(end).toBeGreaterThan(start);
      expect(start).toBeGreaterThanOrEqual(lines[index - 1]?.end ?? 0);
    }
  });

  it("are the model's segments where it made some", () => {
    const figures = {
      temperature: undefined,
      averageLogprob: undefined,
      compressionRatio: undefined,
      noSpeechProbability: undefined,
    };
    const segment = { text: " A segment. ", start: 1, end: 2, ...figures };
    expect(toLines(transcript(said("a word"), [segment]))).toMatchObject([{ text: "A segment.", start: 1, end: 2 }]);
  });

  it("are none where nothing was said, and an error where no time was told", () => {
    expect(toLines(transcript([]))).toEqual([]);
    expect(() => toLines({ ...transcript([]), text: "Something." })).toThrow("told no times");
  });

  it("have times in hours, with the mark of their format", () => {
    const line = [{ text: "Late.", start: 3725.0004, end: 36_000.9996 }];
    expect(toSrt(line)).toBe("1\n01:02:05,000 --> 10:00:01,000\nLate.\n\n");
    expect(toVtt(line)).toBe("WEBVTT\n\n01:02:05.000 --> 10:00:01.000\nLate.\n\n");
    expect(toVtt([])).toBe("WEBVTT\n\n");
  });
});
