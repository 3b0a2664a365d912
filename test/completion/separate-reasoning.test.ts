import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { separateReasoning } from "../../src/completion/separate-reasoning.ts";
import type { ThinkingForm } from "../../src/completion/think-tags.ts";
import { readOutcome, summarise, toStream, toTextStream } from "./outcome.ts";
import type { Outcome, Summary } from "./outcome.ts";

function separate(pieces: readonly string[], form: ThinkingForm, reason?: "length"): Promise<Outcome> {
  return readOutcome(separateReasoning(toTextStream(pieces, reason), form));
}

const blank = " ".repeat(300);

describe("reasoning in the text", () => {
  it.each<[string, ThinkingForm, string, Summary]>([
    ["is what stands in tags", "tagged", "<think>a</think>b", { reasoning: "a", text: "b" }],
    [
      "loses the white space around it",
      "tagged",
      "\n<think>\n\na b\n</think>\n\nc\n",
      { reasoning: "a b\n", text: "c\n" },
    ],
    ["may be empty", "tagged", "<think>\n\n</think>\n\nb", { text: "b" }],
    ["may be all there is", "tagged", "<think>a", { reasoning: "a" }],
    ["may hold what looks like a tag", "tagged", "<think>a </thin b</think>c", { reasoning: "a </thin b", text: "c" }],
    ["is not looked for behind the beginning", "tagged", "a <think>b</think>", { text: "a <think>b</think>" }],
    ["is not looked for behind other tags", "tagged", "<thinker>b</think>", { text: "<thinker>b</think>" }],
    [
      "is not looked for twice",
      "tagged",
      "<think>a</think>b<think>c</think>",
      { reasoning: "a", text: "b<think>c</think>" },
    ],
    ["needs its opening tag where the model writes it", "tagged", "a</think>b", { text: "a</think>b" }],
    ["needs its tag near the beginning", "tagged", `${blank}<think>a</think>b`, { text: `${blank}<think>a</think>b` }],
    ["needs no opening tag where the model forgets it", "untagged", "a</think>b", { reasoning: "a", text: "b" }],
    [
      "has its opening tag taken off where the model forgets it at times",
      "untagged",
      "<think>a</think>b",
      { reasoning: "a", text: "b" },
    ],
    ["is the answer too where nothing closes it", "untagged", " a b", { reasoning: "a b", text: " a b" }],
    ["is only that where the opening tag was there", "untagged", "<think>a b", { reasoning: "a b" }],
    ["is text where the model does not reason", "never", "<think>a</think>b", { text: "<think>a</think>b" }],
    ["is nothing in a blank answer", "tagged", " \n", { text: " \n" }],
  ])("%s", async (_, form, text, summary) => {
    for (const pieces of [[text], text.split("")]) {
      expect(summarise(await separate(pieces, form))).toEqual({ ...summary, finish: "stop" });
    }
  });

  it("is not the answer where it was cut", async () => {
    expect(summarise(await separate(["a b"], "untagged", "length"))).toEqual({ reasoning: "a b", finish: "length" });
  });

  it("is not looked for where the upstream tells it apart", async () => {
    const batches = [
      [{ type: "reasoning-delta", text: "a" }],
      [{ type: "text-delta", text: "b</think>" }],
      [{ type: "finish", reason: "stop" }],
    ] as const;
    const outcome = await readOutcome(separateReasoning(toStream(batches), "untagged"));
    expect(summarise(outcome)).toEqual({ reasoning: "a", text: "b</think>", finish: "stop" });
  });

  it("comes while the model still reasons", async () => {
    const stream = separateReasoning(toTextStream(["Let me", " think", "</th", "ink>", "\n", "Yes"]), "untagged");
    const types: string[] = [];
    for (let batch = await stream.next(); batch !== undefined; batch = await stream.next()) {
      types.push(batch.map((event) => ("text" in event ? event.text : event.type)).join("|"));
    }
    expect(types).toEqual(["Let me", " think", "Yes", "finish"]);
  });

  it("keeps the log probabilities of the answer", async () => {
    const batches = [
      [{ type: "text-delta", text: "<think>a</think>", logprobs: [1] }],
      [{ type: "text-delta", text: "\n", logprobs: [2] }],
      [{ type: "text-delta", text: "b", logprobs: [3] }],
      [{ type: "finish", reason: "stop" }],
    ] as const;
    const { events } = await readOutcome(separateReasoning(toStream(batches), "tagged"));
    expect(events).toContainEqual({ type: "text-delta", text: "b", logprobs: [2, 3] });
  });

  it("is told from the answer in the same way however the text is cut", async () => {
    const scrap = fc.constantFrom("<think>", "</think>", "<", "think>", "</", "\n", " ", "a", "<thi", "nk>");
    await fc.assert(
      fc.asyncProperty(
        fc.array(scrap, { maxLength: 15 }),
        fc.constantFrom("tagged", "untagged"),
        async (pieces, form) => {
          const whole = await separate([pieces.join("")], form);
          expect(await separate(pieces, form)).toEqual(whole);
          expect(await separate(pieces.join("").split(""), form)).toEqual(whole);
        },
      ),
      { numRuns: 400 },
    );
  });
});
