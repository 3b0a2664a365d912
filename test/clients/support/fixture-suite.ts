import { describe, expect, it } from "vitest";
import * as z from "zod";
import type { AnswerFact } from "../../workers-ai/answer-fact.ts";
import type { Reader, Reading } from "./client-call.ts";
import { answerFacts, createFixtureCall, expectedReading } from "./fixture-calls.ts";

const answers = answerFacts.filter(({ outcome }) => outcome.failure === undefined);
const failures = answerFacts.filter(({ outcome }) => outcome.failure !== undefined);

const titled = (facts: readonly AnswerFact[]): [string, AnswerFact][] =>
  facts.map((fact) => [`${fact.file}: ${fact.fact}`, fact]);

/** Every answer of Workers AI that is known, read by one client in each of its ways. */
export function describeFixtures(readers: Readonly<Record<string, Reader>>): void {
  describe.each(Object.entries(readers))("%s", (_name, read) => {
    it.each(titled(answers))("tells what the answer says (%s)", async (_title, fact) => {
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
  const last = body.trimEnd().split("\n\n").at(-1) ?? "";
  return envelope.parse(JSON.parse(last.replace(/^data: /, ""))).error.message;
}
