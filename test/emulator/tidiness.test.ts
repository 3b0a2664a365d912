import { expect, it } from "vitest";
import { ask, LLAMA_33, runJson, textOf } from "./support.ts";

/** A tiny model says little of sense; what it says should still look like text. */

const MESSAGES = [
  "What is the capital of France?",
  'Tell me about "large language models" and (maybe) cats',
  "Why is the sky blue?",
  "How do I plant a tree?",
  "Explain quantum computing in simple terms.",
  "List five tips for better sleep",
  "Write a long essay about the sea",
  "Write about rivers in 100 words",
  "Give me 3 sentences about bread.",
  "Hmm?",
];

async function answersTo(message: string, temperature: number): Promise<readonly string[]> {
  const seeds = [1, 2, 3, 4, 5, 6];
  return await Promise.all(
    seeds.map(async (seed) =>
      textOf(await runJson(LLAMA_33, { ...ask(message), seed, temperature, max_tokens: 4000 })),
    ),
  );
}

it.each(MESSAGES)("an answer looks tidy: %s", async (message) => {
  for (const answer of [...(await answersTo(message, 0.6)), ...(await answersTo(message, 1.2))]) {
    expect(answer).toMatch(/[.!?]$/);
    // Sentences and paragraphs begin with a capital, or with the number of a list's item.
    expect(answer).not.toMatch(/(?:^|[.!?]\s+)(?!\d\.)[\p{Ll},;:]/u);
    expect(answer).not.toMatch(/ [.,;:!?]|[.,;:]{2}|\b(\w+) \1\b| {2}|\n{3}|\b(?:of|the|and|a|in) ?[.,;]/);
    for (const pair of [/"/g, /[()]/g, /[“”]/g]) expect((answer.match(pair)?.length ?? 0) % 2).toBe(0);
  }
});

it("a long answer ends by itself and hardly repeats its sentences", async () => {
  const [answer = ""] = await answersTo("Write a long essay about the sea", 0.6);
  const sentences = answer.split(/(?<=[.!?])\s+/);
  expect(sentences.length).toBeGreaterThan(40);
  expect(new Set(sentences).size / sentences.length).toBeGreaterThan(0.85);
});
