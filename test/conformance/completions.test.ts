import { describe, expect, it } from "vitest";
import { createTestClient } from "./support/client.ts";
import { readAll } from "./support/read-all.ts";
import { GEMMA, LLAMA } from "./support/samples.ts";

const prompt = "The history of the sea";

describe.each([LLAMA, GEMMA])("completions.create with %s", (model) => {
  it("goes on from a prompt for 16 tokens unless told otherwise", async () => {
    const { client } = createTestClient();
    const completion = await client.completions.create({ model, prompt: `Write a very long essay. ${prompt}` });
    expect(completion.object).toBe("text_completion");
    expect(completion.id).toMatch(/^cmpl-/);
    expect(completion.usage?.completion_tokens).toBe(16);
    expect(completion.choices[0]).toEqual({
      text: expect.any(String),
      index: 0,
      logprobs: null,
      finish_reason: "length",
    });
  });

  it("streams the text that it gives whole, with usage where it is asked for", async () => {
    const { client } = createTestClient();
    const request = { model, prompt, seed: 5, max_tokens: 30 };
    const whole = await client.completions.create(request);
    const stream = await client.completions.create({
      ...request,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = await readAll(stream);
    expect(chunks.map(({ choices }) => choices[0]?.text ?? "").join("")).toBe(whole.choices[0]?.text);
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: whole.usage });
    const reasons = chunks.flatMap(({ choices }) => choices.map((choice) => choice.finish_reason));
    expect(reasons.at(-1)).toBe(whole.choices[0]?.finish_reason);
    expect(reasons.slice(0, -1).every((reason) => reason === null)).toBe(true);
  });

  it("puts the prompt before the answer where echo is true", async () => {
    const { client } = createTestClient();
    const { choices } = await client.completions.create({ model, prompt, echo: true, seed: 3 });
    expect(choices[0]?.text.startsWith(prompt)).toBe(true);
    expect(choices[0]?.text.length).toBeGreaterThan(prompt.length);
  });

  it("ends before a stop sequence", async () => {
    const { client } = createTestClient();
    const request = { model, prompt: "Count to 9", max_tokens: 100 };
    const { choices } = await client.completions.create({ ...request, stop: "4" });
    expect(choices[0]?.text).not.toContain("4");
    expect(choices[0]?.finish_reason).toBe("stop");
  });

  it("completes several prompts, n times each, grouped by prompt", async () => {
    const { client } = createTestClient();
    const { choices } = await client.completions.create({ model, prompt: ["One", "Two"], n: 2, echo: true });
    expect(choices.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    expect(choices.map(({ text }) => text.slice(0, 3))).toEqual(["One", "One", "Two", "Two"]);
  });
});
