import { describe, expect, it } from "vitest";
import { isRecord } from "../../src/json.ts";
import type { JsonRecord } from "../../src/json.ts";
import { checkResponseStream } from "../conformance/support/check-response-stream.ts";
import { createTestGateway } from "../support/gateway.ts";
import { slicings, toBody } from "../support/slices.ts";
import type { AnswerFact } from "../workers-ai/answer-fact.ts";
import { choicesStreamFacts } from "../workers-ai/choices-stream-facts.ts";
import { fixture } from "../workers-ai/fixtures.ts";
import { jsonFacts } from "../workers-ai/json-facts.ts";
import { leakedCallFacts } from "../workers-ai/leaked-call-facts.ts";
import { nativeCallFacts } from "../workers-ai/native-call-facts.ts";
import { nativeStreamFacts } from "../workers-ai/native-stream-facts.ts";

/** Every answer of Workers AI that is known, as a response: the events are sound, and tell what the answer says. */
const facts: readonly AnswerFact[] = [
  ...nativeStreamFacts,
  ...nativeCallFacts,
  ...choicesStreamFacts,
  ...jsonFacts,
  ...leakedCallFacts,
  // A response has at least 16 tokens.
].filter(({ maxTokens = 16 }) => maxTokens >= 16);

/** A model of each way to think. */
const models = {
  never: "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
  tagged: "@cf/qwen/qwen3-30b-a3b-fp8",
  untagged: "@cf/qwen/qwq-32b",
} as const;

const weatherTools = [toTool("get_weather", ["city", "unit"]), toTool("get_time", [])];

function toTool(name: string, names: readonly string[]): object {
  const properties = Object.fromEntries(names.map((parameter) => [parameter, { type: "string" }]));
  return { type: "function", name, parameters: { type: "object", properties } };
}

async function answer(fact: AnswerFact, chunks: readonly Uint8Array[], stream: boolean): Promise<Response> {
  const headers = { "content-type": fact.file.endsWith(".sse") ? "text/event-stream" : "application/json" };
  const gateway = createTestGateway({
    binding: { run: async () => new Response(toBody(chunks), { headers }) },
    vars: { MAX_ATTEMPTS: "1", STREAM_WINDOW_MS: "0" },
  });
  return gateway.post("/v1/responses", {
    model: models[fact.thinks ?? "never"],
    input: "Hello",
    stream,
    ...(fact.offersTools === true && { tools: weatherTools }),
    ...(fact.maxTokens !== undefined && { max_output_tokens: fact.maxTokens }),
  });
}

/** What a response says, in the short form of the facts. */
function summarise(response: JsonRecord): JsonRecord {
  const output = Array.isArray(response["output"]) ? response["output"].filter(isRecord) : [];
  const say = (type: string): string =>
    output
      .filter((item) => item["type"] === type)
      .flatMap(({ content }) => (Array.isArray(content) ? content : []))
      .map((part: unknown) => (isRecord(part) ? part["text"] : ""))
      .join("");
  const calls = output.flatMap((item) =>
    item["type"] === "function_call" ? [`${String(item["name"])} ${String(item["arguments"])}`] : [],
  );
  const usage = response["usage"];
  return {
    text: say("message"),
    reasoning: say("reasoning"),
    calls,
    usage: isRecord(usage) ? [usage["input_tokens"], usage["output_tokens"], usage["total_tokens"]] : undefined,
  };
}

/** A failure is a status before the first event, and two events after it. */
async function readFailure(failed: Response) {
  if (failed.status !== 200) {
    const body: unknown = await failed.json();
    return { problems: [], types: [], error: isRecord(body) ? body["error"] : undefined, text: "" };
  }
  const { problems, events, response } = checkResponseStream(await failed.text());
  const types = events.map(({ type }) => type);
  return { problems, types, error: response["error"], text: summarise(response)["text"] };
}

function expected({ outcome: { text = "", reasoning = "", calls = [], usage } }: AnswerFact): object {
  return { text, reasoning, calls, usage };
}

function statusOf({ outcome: { finish } }: AnswerFact): string {
  return finish === "length" || finish === "content_filter" ? "incomplete" : "completed";
}

const titled = (list: readonly AnswerFact[]): [string, AnswerFact][] =>
  list.map((fact) => [`${fact.file}: ${fact.fact}`, fact]);
const answers = facts.filter(({ outcome }) => outcome.failure === undefined);
const failures = facts.filter(({ outcome }) => outcome.failure !== undefined);

describe("a streamed response", () => {
  it.each(titled(answers))("tells what the answer says, however it is sliced (%s)", async (_title, fact) => {
    for (const { name, chunks } of slicings(fixture(fact.file))) {
      const { problems, response } = checkResponseStream(await (await answer(fact, chunks, true)).text());
      expect([name, problems]).toEqual([name, []]);
      expect([name, summarise(response)]).toEqual([name, expected(fact)]);
      expect(response["status"]).toBe(statusOf(fact));
    }
  });

  it.each(titled(failures))("fails with the answer, however it is sliced (%s)", async (_title, fact) => {
    for (const { name, chunks } of slicings(fixture(fact.file))) {
      const { problems, types, error, text } = await readFailure(await answer(fact, chunks, true));
      expect([name, problems]).toEqual([name, []]);
      expect(error).toMatchObject({ message: expect.any(String) });
      const hasBegun = types.length > 0;
      expect(types.slice(-2)).toEqual(hasBegun ? ["error", "response.failed"] : []);
      expect(text).toBe(hasBegun ? (fact.outcome.text ?? "") : "");
    }
  });
});

describe("a whole response", () => {
  it.each(titled(answers))("says the same (%s)", async (_title, fact) => {
    const response: unknown = await (await answer(fact, [fixture(fact.file)], false)).json();
    expect(isRecord(response) ? summarise(response) : response).toEqual(expected(fact));
    expect(response).toMatchObject({ status: statusOf(fact), error: null });
  });

  it.each(titled(failures))("is an error with a status where the answer failed (%s)", async (_title, fact) => {
    const failed = await answer(fact, [fixture(fact.file)], false);
    expect(failed.status).toBeGreaterThanOrEqual(400);
    expect(await failed.json()).toMatchObject({ error: { message: expect.any(String) } });
  });
});

describe("a response of a model that never stops", () => {
  it("fails once too much of it is held, and the upstream is cancelled", async () => {
    const cancelled = Promise.withResolvers<void>();
    const frame = new TextEncoder().encode(`data: ${JSON.stringify({ response: "word ".repeat(10_000) })}\n\n`);
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(frame),
      cancel: () => cancelled.resolve(),
    });
    const gateway = createTestGateway({
      binding: { run: async () => new Response(body, { headers: { "content-type": "text/event-stream" } }) },
    });
    const answered = await gateway.post("/v1/responses", { model: models.never, input: "Go on.", stream: true });
    const { problems, response } = checkResponseStream(await answered.text());
    expect(problems).toEqual([]);
    expect(response).toMatchObject({ status: "failed", error: { message: expect.stringContaining("too long") } });
    await cancelled.promise;
  });
});
