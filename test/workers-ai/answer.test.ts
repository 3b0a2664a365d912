import { describe, expect, it } from "vitest";
import { salvageToolCalls } from "../../src/completion/salvage-tool-calls.ts";
import { separateReasoning } from "../../src/completion/separate-reasoning.ts";
import { readAnswer } from "../../src/workers-ai/answer.ts";
import { createCounter, readOutcome, summarise, weatherTools } from "../completion/outcome.ts";
import type { Outcome } from "../completion/outcome.ts";
import { slicings, toBody } from "../support/slices.ts";
import type { AnswerFact } from "./answer-fact.ts";
import { choicesStreamFacts } from "./choices-stream-facts.ts";
import { fixture, fixtureNames } from "./fixtures.ts";
import { jsonFacts } from "./json-facts.ts";
import { leakedCallFacts } from "./leaked-call-facts.ts";
import { nativeCallFacts } from "./native-call-facts.ts";
import { nativeStreamFacts } from "./native-stream-facts.ts";
import { decoderOptions, readChunks } from "./read-bytes.ts";

const facts: readonly AnswerFact[] = [
  ...nativeStreamFacts,
  ...nativeCallFacts,
  ...choicesStreamFacts,
  ...jsonFacts,
  ...leakedCallFacts,
];

function read(fact: AnswerFact, chunks: readonly Uint8Array[]): Promise<Outcome> {
  const mintToolCallId = createCounter();
  const answer = readAnswer(toBody(chunks), { ...decoderOptions(), mintToolCallId, maxTokens: fact.maxTokens });
  const spoken = separateReasoning(answer, fact.thinks ?? "never");
  return readOutcome(salvageToolCalls(spoken, fact.offersTools === true ? weatherTools : [], mintToolCallId));
}

describe("an answer of Workers AI", () => {
  it.each(facts)("$fact ($file)", async (fact) => {
    const [whole, ...others] = await Promise.all(slicings(fixture(fact.file)).map(({ chunks }) => read(fact, chunks)));
    expect(whole === undefined ? undefined : summarise(whole)).toEqual(fact.outcome);
    for (const outcome of others) expect(outcome).toEqual(whole);
  });

  it("has a fact for every fixture", () => {
    expect([...new Set(facts.map(({ file }) => file))].toSorted()).toEqual(fixtureNames.toSorted());
  });

  it.each(facts.filter(({ file }) => fixture(file).length < 700))(
    "gives the same for every cut in two ($file)",
    async (fact) => {
      const bytes = fixture(fact.file);
      const whole = await read(fact, [bytes]);
      for (let position = 1; position < bytes.length; position += 1) {
        expect(await read(fact, [bytes.subarray(0, position), bytes.subarray(position)])).toEqual(whole);
      }
    },
  );

  it("counts cached and reasoning tokens and neurons where the upstream does", async () => {
    expect(await usageOf("openai.json")).toMatchObject({
      usage: { cachedTokens: 12, reasoningTokens: undefined, neurons: 1.77 },
    });
    expect(await usageOf("openai-reasoning-twice.sse")).toMatchObject({
      usage: { reasoningTokens: 4, neurons: undefined },
    });
  });

  it("joins the log probabilities of a character's tokens and leaves out those of reasoning", async () => {
    const { events } = await readChunks([fixture("openai-logprobs.sse")]);
    expect(events).toContainEqual({
      type: "text-delta",
      text: "a😀",
      logprobs: ["a", "\\xf0", "\\x9f"].map((token) => expect.objectContaining({ token })),
    });
  });

  it("leaves out log probabilities that nobody asked for", async () => {
    const options = { ...decoderOptions(), wantsLogprobs: false };
    const { events } = await readOutcome(readAnswer(toBody([fixture("openai-logprobs.sse")]), options));
    expect(events).toContainEqual({ type: "text-delta", text: "a😀" });
  });

  it("mints one id a call and passes no upstream id on", async () => {
    const { events } = await readChunks([fixture("openai-tool-repeated-ids.sse")]);
    const ids = events.flatMap((event) => (event.type === "tool-call-start" ? [event.id] : []));
    expect(ids).toEqual(["call_1", "call_2", "call_3"]);
  });

  it("ends every call that it starts, in order", async () => {
    const { events } = await readChunks([fixture("openai-tool-parallel.sse")]);
    expect(events.flatMap((event) => ("index" in event ? [`${event.type} ${event.index}`] : []))).toEqual([
      "tool-call-start 0",
      "tool-call-delta 0",
      "tool-call-end 0",
      "tool-call-start 1",
      "tool-call-delta 1",
      "tool-call-end 1",
    ]);
  });

  it("sends the first call's arguments while they come", async () => {
    const frames = new TextDecoder().decode(fixture("openai-tool-call.sse")).split(/(?<=\n\n)/);
    const answer = readAnswer(toBody(frames.map((frame) => new TextEncoder().encode(frame))), decoderOptions());
    expect(await answer.next()).toEqual([{ type: "tool-call-start", index: 0, id: "call_1", name: "get_weather" }]);
    expect(await answer.next()).toEqual([{ type: "tool-call-delta", index: 0, argumentsDelta: '{"city": "' }]);
  });

  it.each([
    [
      "a frame and [DONE] amid white space",
      'data: \t {"response":"a"} \n\ndata:  [DONE] \n\n',
      { text: "a", finish: "stop" },
    ],
    ["the text of an error amid white space", "data:  3040: busy \n\n", { failure: "out_of_capacity" }],
    ["an error that no blank line follows", 'data: {"internalCode":3040}', { failure: "out_of_capacity" }],
    [
      "an error behind the finish that no blank line follows",
      'data: {"response":"a","finish_reason":"stop"}\n\ndata: {"internalCode":3040}',
      { text: "a", finish: "stop" },
    ],
  ])("reads %s", async (_fact, body, outcome) => {
    for (const { chunks } of slicings(new TextEncoder().encode(body))) {
      expect(summarise(await readChunks(chunks))).toEqual(outcome);
    }
  });

  it("fails on bytes that are no UTF-8", async () => {
    const bytes = new TextEncoder().encode('data: {"response":"a"}\n\ndata: {"response":"x"}\n\n');
    bytes[bytes.lastIndexOf(0x78)] = 0xff;
    for (const { chunks } of slicings(bytes)) {
      expect(summarise(await readChunks(chunks))).toEqual({ text: "a", failure: "upstream_failed" });
    }
  });

  it.each(["\u{feff}", " \r\n\t", "\u{feff}\n"])("takes an answer behind padding", async (padding) => {
    const encoder = new TextEncoder();
    const json = encoder.encode(`${padding}{"response":"a"}`);
    const stream = encoder.encode(`${padding}data: {"response":"a"}\n\ndata: [DONE]\n\n`);
    for (const bytes of [json, stream]) {
      for (const { chunks } of slicings(bytes)) {
        expect(summarise(await readChunks(chunks))).toEqual({ text: "a", finish: "stop" });
      }
    }
  });
});

async function usageOf(name: string): Promise<unknown> {
  return (await readChunks([fixture(name)])).events.find(({ type }) => type === "usage");
}
