import { expect } from "vitest";
import * as z from "zod";
import { checkChatStream } from "../conformance/support/check-chat-stream.ts";
import { checkChatCompletion, checkTextCompletion, checkTextStream } from "../conformance/support/check-completions.ts";
import { checkResponseStream } from "../conformance/support/check-response-stream.ts";
import { readError } from "../support/error-answer.ts";
import { findViolations, publishedSchema } from "../support/published-schemas.ts";

/** Of a record only what tells whether it ends the stream; the damage on both sides makes everything else unlikely. */
const chunk = z.object({
  error: z.undefined().optional(),
  choices: z.array(z.object({ finish_reason: z.string().nullable() })),
});

/**
 * What the contract's checker says of answers that are as they should be here: a damaged request may have asked for usage
 * or not, or for log probabilities, padding goes on as obfuscation, and arguments that are no JSON are the model's own.
 */
const ALLOWED = /usage|logprobs|obfuscation|arguments|no choices/;

/** What every answer is: an error in the envelope, a JSON document, or a stream of records with one end. */
export async function checkAnswer(response: Response): Promise<void> {
  if (response.status !== 200) {
    await readError(response);
    return;
  }
  const text = await response.text();
  if (response.headers.get("content-type")?.startsWith("application/json") === true) {
    const body: unknown = JSON.parse(text);
    expect(body).toMatchObject({ object: expect.stringMatching(/completion$/), choices: expect.any(Array) });
    const problems = text.includes('"chat.completion"') ? checkChatCompletion(body) : checkTextCompletion(body);
    expect(problems.filter((problem) => !ALLOWED.test(problem))).toEqual([]);
    return;
  }
  expect(text.endsWith("\n\n")).toBe(true);
  const records = text.slice(0, -2).split("\n\n");
  const last = records.pop() ?? "";
  const chunks = records.map((record) => {
    expect(record.startsWith("data: {")).toBe(true);
    expect(record).not.toMatch(/[\r\n]/);
    return chunk.parse(JSON.parse(record.slice("data: ".length)));
  });
  const finishes = chunks.flatMap(({ choices }) => choices).filter(({ finish_reason: finish }) => finish !== null);
  if (last === "data: [DONE]") {
    expect(finishes.length).toBeGreaterThan(0);
    const { problems } = text.includes('"chat.completion.chunk"') ? checkChatStream(text) : checkTextStream(text);
    expect(problems.filter((problem) => !ALLOWED.test(problem))).toEqual([]);
    return;
  }
  // Of several choices some may have finished before another one broke.
  expect(JSON.parse(last.slice("data: ".length))).toMatchObject({ error: { message: expect.any(String) } });
}

/** A format without a description has null in its place, as OpenAI sends it and Open Responses has it, and OpenAI's description not. */
const FORMAT = /\.text\.format: fits no alternative$/;

/** What every answer of the Responses API is: an error in the envelope, a response, or the events of one. */
export async function checkResponse(response: Response): Promise<void> {
  if (response.status !== 200) {
    await readError(response);
    return;
  }
  const text = await response.text();
  const problems =
    response.headers.get("content-type") === "application/json"
      ? findViolations(JSON.parse(text), publishedSchema("responses/Response"))
      : checkResponseStream(text).problems;
  expect(problems.filter((problem) => !FORMAT.test(problem))).toEqual([]);
}
