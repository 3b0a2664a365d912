import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { estimateTokens } from "../../src/models/token-estimate.ts";
import { estimateLowerBound } from "../../src/models/token-lower-bound.ts";

/** Texts with the number of tokens that Llama 3's tokeniser makes of them, without begin and end tokens. */
const counted: readonly (readonly [text: string, tokens: number])[] = [
  ["", 0],
  ["Hello, world!", 4],
  ["What is the capital of France?", 7],
  ["The quick brown fox jumps over the lazy dog.", 10],
  ["You are a helpful assistant. Answer in one sentence, and don't guess: say so when you aren't sure.", 24],
  ["It was a bright cold day in April, and the clocks were striking thirteen.", 16],
  ["const total = items.reduce((sum, item) => sum + item.price, 0);", 19],
  ["for (let i = 0; i < 10; i++) {\n  console.log(i);\n}\n", 22],
  ['{"name":"get_weather","arguments":{"city":"London","unit":"celsius"}}', 17],
  ["1234567890", 4],
  ["2026-11-20T14:03:22.123Z", 15],
  ["| speed | 12.50 | m/s |", 11],
  ["https://example.com/v1/chat/completions?stream=true", 13],
  ["Ce qui m'a le plus étonné, c'est la gentillesse des gens.", 19],
  ["Все люди рождаются свободными и равными в своем достоинстве и правах.", 22],
  ["人人生而自由,在尊严和权利上一律平等。", 17],
  ["모든 인간은 태어날 때부터 자유롭다.", 13],
  ["يولد جميع الناس أحرارا متساوين في الكرامة والحقوق.", 19],
  ["सभी मनुष्यों को गौरव और अधिकार प्राप्त है।", 21],
  ["We shipped it 🎉🚀", 9],
  ["c3VwZXJzZWNyZXRrZXl0aGF0bm9ib2R5a25vd3M=", 31],
  ["3f2504e0-4f89-41d3-9a0c-0305e82c3301", 27],
  ["WARNING: DO NOT SHARE YOUR PASSWORD", 7],
  // Long words are where an estimate without a vocabulary is worst.
  ["internationalization", 2],
  ["Die Donaudampfschifffahrtsgesellschaft wurde im neunzehnten Jahrhundert gegründet.", 29],
  ["すべての人間は、生まれながらにして自由である。", 12],
  ["getUserNameFromRequest(request)", 6],
];
const worst = 4;

describe.each(counted)("%j", (text, tokens) => {
  it("has at least its lower bound", () => {
    expect(estimateLowerBound(text)).toBeLessThanOrEqual(tokens);
  });
});

describe.each(counted.slice(0, -worst))("%j", (text, tokens) => {
  it("is estimated within a quarter and a token", () => {
    expect(Math.abs(estimateTokens(text) - tokens)).toBeLessThanOrEqual(1 + tokens / 4);
  });
});

const words = fc.array(fc.constantFrom(...counted.map(([text]) => text), " ", "\n", "Über", "—", "'s", "a"));
const texts = words.map((parts) => parts.join(" "));

describe("an estimate", () => {
  it("is never below the lower bound by more than rounding", () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(estimateLowerBound(text)).toBeLessThanOrEqual(estimateTokens(text) * 1.1 + 1);
      }),
    );
  });

  it("adds up over parts that are joined by a line end", () => {
    fc.assert(
      fc.property(texts, texts, (left, right) => {
        const sum = estimateTokens(left) + estimateTokens(right);
        expect(Math.abs(estimateTokens(`${left}\n${right}`) - sum)).toBeLessThanOrEqual(3);
      }),
    );
  });

  it("grows with the text", () => {
    fc.assert(
      fc.property(texts, texts, (left, right) => {
        expect(estimateTokens(`${left} ${right}`) + 1).toBeGreaterThanOrEqual(estimateTokens(left));
      }),
    );
  });

  it("is a whole number for any text, halves of surrogate pairs included", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        for (const cut of [text, text.slice(1)]) {
          expect(Number.isInteger(estimateTokens(cut))).toBe(true);
          expect(Number.isInteger(estimateLowerBound(cut))).toBe(true);
          expect(estimateTokens(cut)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it("is proportional for a repeated text", () => {
    const sentence = "The quick brown fox jumps over the lazy dog. ";
    const once = estimateTokens(sentence.repeat(100));
    expect(estimateTokens(sentence.repeat(10_000)) / once).toBeCloseTo(100, 0);
  });

  it.each(["a", "A", "é", "中", "-", " ", "\n", "1"])("stays linear for a single run of %j", (character) => {
    const short = estimateTokens(character.repeat(1000));
    expect(estimateTokens(character.repeat(100_000))).toBeLessThanOrEqual(short * 110);
  });
});

describe("a lower bound", () => {
  it("adds up over parts that are joined by a line end", () => {
    fc.assert(
      fc.property(texts, texts, (left, right) => {
        const joined = estimateLowerBound(`${left}\n${right}`);
        expect(joined).toBe(estimateLowerBound(`${left}\n`) + estimateLowerBound(right));
      }),
    );
  });

  it("counts an accented word once and a contraction with its word", () => {
    expect(estimateLowerBound("étonné")).toBe(1);
    expect(estimateLowerBound("don't")).toBe(1);
  });
});
