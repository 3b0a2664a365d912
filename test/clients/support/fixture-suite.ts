import { describe, expect, it } from "vitest";
import * as z from "zod";
import type { AnswerFact } from "../../workers-ai/answer-fact.ts";
import type { Reader, Reading } from "./client-call.ts";
import { answerFacts, createFixtureCall, expectedReading } from "./fixture-calls.ts";

const answers = answerFacts.filter(({ outcome }) => outcome.failure === undefined);
const failures = answerFacts.filter(({ outcome }) => outcome.failure !== undefined);

const titled = (facts: readonly AnswerFact[]): [string, AnswerFact][] =>
  facts.map((fact) => [`${fact.file}: ${fact.fact}`, fact]);

/** A response has 16 tokens at least. */
export function isResponse({ maxTokens = 16 }: AnswerFact): boolean {
  return maxTokens >= 16;
}

/** Every answer of Workers AI that is known, or those that a client can be given, read by it in each of its ways. */
export function describeFixtures(
  readers: Readonly<Record<string, Reader>>,
  canRead: (fact: AnswerFact) => boolean = () => true,
): void {
  describe.each(Object.entries(readers))("%s", (_name, read) => {
    it.each(titled(answers.filter(canRead)))("tells what the answer says (%s)", async (_title, fact) => {
      const reading = await read(createFixtureCall(fact));
      expect(reading, JSON.stringify(reading)).toEqual(onlyReported(expectedReading(fact), reading));
    });

    it.each(titled(failures))("raises the gateway's error (%s)", async (_title, fact) => {
      const call = createFixtureCall(fact);
      const error = await read(call).then(
        (reading) => ({ message: `no error, but ${JSON.stringify(reading)}` }),
        (thrown: unknown) => thrown,
      );
      expect(error).toHaveProperty("message", expect.stringContaining(errorMessage(await call.received())));
    });
  });
}

function onlyReported(expected: Required<Reading>, { ...reported }: Reading): Partial<Reading> {
  return Object.fromEntries(Object.entries(expected).filter(([member]) => member in reported));
}

const envelope = z.object({ error: z.object({ message: z.string().min(10) }) });

/** The message of an answer that is an error, or that ends in one. */
function errorMessage([body = "", ...more]: readonly string[]): string {
  expect(more).toEqual([]);
  const records = body.trimEnd().split("\n\n");
  // A response tells its error in an event of its own, which others follow.
  const last = records.find((record) => record.startsWith("event: error\n")) ?? records.at(-1) ?? "";
  return envelope.parse(JSON.parse(last.replace(/^(?:event: error\n)?data: /, ""))).error.message;
}
