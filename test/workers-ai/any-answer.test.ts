import * as fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { cutAtStop } from "../../src/completion/stop-sequences.ts";
import { salvageToolCalls } from "../../src/completion/salvage-tool-calls.ts";
import { separateReasoning } from "../../src/completion/separate-reasoning.ts";
import { keepFirstToolCall } from "../../src/completion/single-tool-call.ts";
import { readAnswer } from "../../src/workers-ai/answer.ts";
import { createAnswerDecoder, MAX_JSON_BYTES } from "../../src/workers-ai/answer-decoder.ts";
import { createCounter, readOutcome, summarise, weatherTools } from "../completion/outcome.ts";
import type { Outcome } from "../completion/outcome.ts";
import { cut } from "../stream/cut.ts";
import { toBody } from "../support/slices.ts";
import { fixture, fixtureNames } from "./fixtures.ts";
import { decoderOptions, readChunks } from "./read-bytes.ts";

const encoder = new TextEncoder();

/** An answer with all that the gateway may do to one. */
function readShaped(chunks: readonly Uint8Array[]): Promise<Outcome> {
  const mintToolCallId = createCounter();
  const answer = readAnswer(toBody(chunks), { ...decoderOptions(), mintToolCallId, maxTokens: 20 });
  const spoken = salvageToolCalls(separateReasoning(answer, "untagged"), weatherTools, mintToolCallId);
  return readOutcome(keepFirstToolCall(cutAtStop(spoken, ["END", "lo w"])));
}

/** Values where a reader expects others. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    4.5,
    "",
    "text",
    "END",
    "<think>",
    "</think>",
    '{"name": "get_time"}',
  ),
  fc.constantFrom<unknown>([], {}, [null], [[]], [{}], { type: "text", text: "part" }, { __proto__: null }),
);

const usage = fc.record({ prompt_tokens: odd, completion_tokens: fc.nat(), total_tokens: odd }, { requiredKeys: [] });
const call = fc.record(
  {
    index: fc.oneof(fc.nat({ max: 2 }), odd),
    id: odd,
    name: fc.constantFrom("f", null),
    arguments: odd,
    function: fc.oneof(
      odd,
      fc.record({ name: fc.constantFrom("f", "g", null), arguments: fc.oneof(odd, fc.constant('{"x":1}')) }),
    ),
  },
  { requiredKeys: [] },
);
const calls = fc.oneof(odd, fc.array(call, { maxLength: 3 }));
const part = fc.record(
  { content: odd, reasoning_content: odd, reasoning: odd, text: odd, tool_calls: calls },
  { requiredKeys: [] },
);
const finish = fc.constantFrom("stop", "length", "tool_calls", "error", "other", null, 5);
const choice = fc.record(
  { delta: fc.oneof(odd, part), message: part, finish_reason: finish, logprobs: odd },
  { requiredKeys: [] },
);
const frame = fc.record(
  {
    response: odd,
    tool_calls: calls,
    usage: fc.oneof(odd, usage),
    choices: fc.oneof(odd, fc.array(choice, { maxLength: 2 })),
    delta: odd,
    finish_reason: finish,
    error: fc.constantFrom<unknown>(undefined, undefined, undefined, null, "", "5006: x", {}, { code: 500 }),
    errors: fc.constantFrom<unknown>(undefined, undefined, [], null, [5]),
  },
  { requiredKeys: [] },
);
const record = fc.oneof(
  { weight: 8, arbitrary: frame.map((value) => `data: ${JSON.stringify(value)}\n\n`) },
  fc.constantFrom(
    "data: [DONE]\n\n",
    "[DONE]\n",
    ": x\n\n",
    "data: {\n\n",
    "data: x\r\n\r\n",
    "\r",
    "data: 3040: x\n\n",
  ),
);
const body = fc.oneof(
  { weight: 4, arbitrary: fc.array(record, { maxLength: 8 }).map((records) => records.join("")) },
  frame.map((value) => JSON.stringify(value)),
  fc.string({ unit: "binary", maxLength: 60 }),
);
const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 20 });

/** The position of the events by which an answer ends. */
function finishesOf({ events }: Outcome): readonly number[] {
  return events.flatMap(({ type }, position) => (type === "finish" ? [position] : []));
}

describe("any body at all", () => {
  it("comes to exactly one end: a finish that is the last event, or a failure", async () => {
    await fc.assert(
      fc.asyncProperty(body, async (text) => {
        for (const outcome of [await readChunks([encoder.encode(text)]), await readShaped([encoder.encode(text)])]) {
          const last = outcome.events.length - 1;
          expect(finishesOf(outcome)).toEqual(outcome.failure === undefined ? [last] : []);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("gives the same however the network cuts it", async () => {
    await fc.assert(
      fc.asyncProperty(body, sizes, async (text, chunkSizes) => {
        const bytes = encoder.encode(text);
        expect(await readChunks(cut(bytes, chunkSizes))).toEqual(await readChunks([bytes]));
      }),
      { numRuns: 400 },
    );
  });

  it("fails with a gateway error or not at all, whatever the bytes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const outcome = await readShaped([bytes]);
        expect(finishesOf(outcome).length + (outcome.failure === undefined ? 0 : 1)).toBe(1);
      }),
      { numRuns: 300 },
    );
  });

  it("fails with a gateway error or not at all where a fixture is damaged", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...fixtureNames),
        fc.nat(),
        fc.nat({ max: 255 }),
        sizes,
        async (name, at, byte, chunkSizes) => {
          const bytes = fixture(name);
          if (bytes.length > 0) bytes[at % bytes.length] = byte;
          const outcome = await readChunks(cut(bytes, chunkSizes));
          expect(finishesOf(outcome).length + (outcome.failure === undefined ? 0 : 1)).toBe(1);
          expect(await readChunks([bytes])).toEqual(outcome);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe("any fixture", () => {
  it("gives the same however it is cut, with all that the gateway does to an answer", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...fixtureNames), sizes, async (name, chunkSizes) => {
        const bytes = fixture(name);
        const { usage: whole, ...rest } = summarise(await readShaped([bytes]));
        const { usage: pieces, ...same } = summarise(await readShaped(cut(bytes, chunkSizes)));
        expect(same).toEqual(rest);
        // Where a stop sequence ended the answer its usage is known only if it had come by then.
        expect(pieces ?? whole).toEqual(whole);
      }),
      { numRuns: 300 },
    );
  });
});

describe("a long answer", () => {
  it("is decoded once: a megabyte of one record in chunks of 64 bytes", async () => {
    const text = "x".repeat(1_000_000);
    const bytes = encoder.encode(`data: {"response":"${text}"}\n\ndata: [DONE]\n\n`);
    const parse = vi.spyOn(JSON, "parse");
    const decode = vi.spyOn(TextDecoder.prototype, "decode");
    try {
      expect(summarise(await readChunks(cut(bytes, [64])))).toEqual({ text, finish: "stop" });
      expect(parse).toHaveBeenCalledTimes(1);
      const decoded = decode.mock.calls.reduce((sum, [input]) => sum + (input?.byteLength ?? 0), 0);
      expect(decoded).toBeLessThan(bytes.length);
    } finally {
      parse.mockRestore();
      decode.mockRestore();
    }
  });

  it("fails where a record does not end", async () => {
    const bytes = encoder.encode(`data: {"response":"a"}\n\ndata: {"response":"${"x".repeat(1_100_000)}`);
    for (const chunks of [cut(bytes, [4096]), [bytes]]) {
      const outcome = await readChunks(chunks);
      expect(summarise(outcome)).toEqual({ text: "a", failure: "upstream_failed" });
      expect(outcome.failure?.retryable).toBe(false);
    }
  });

  it("fails where its JSON comes in one chunk that is too long", () => {
    const bytes = new Uint8Array(MAX_JSON_BYTES + 1).fill(0x20);
    bytes[0] = 0x7b;
    expect(() => createAnswerDecoder(decoderOptions()).feed(bytes, [])).toThrow("too long");
  });

  it("is read where its JSON is as long as may be", async () => {
    const bytes = new Uint8Array(MAX_JSON_BYTES).fill(0x20);
    bytes.set(encoder.encode('{"response":"a"}'));
    expect(summarise(await readChunks([bytes]))).toEqual({ text: "a", finish: "stop" });
  });

  it("fails where JSON does not end", async () => {
    const bytes = new Uint8Array(1024 * 1024).fill(0x20);
    const start = encoder.encode('{"response":"');
    const outcome = await readChunks([start, ...Array.from({ length: 17 }, () => bytes)]);
    expect(summarise(outcome)).toEqual({ failure: "upstream_failed" });
    expect(outcome.failure?.retryable).toBe(false);
  });

  it("may have a hundred thousand frames in one chunk", async () => {
    const bytes = encoder.encode(`${'data: {"response":"a"}\n\n'.repeat(100_000)}data: [DONE]\n\n`);
    expect(summarise(await readChunks([bytes])).text).toHaveLength(100_000);
  });
});
