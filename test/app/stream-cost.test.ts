import { afterEach, describe, expect, it, vi } from "vitest";
import type { AiBinding } from "../../src/workers-ai/binding.ts";
import { createTestGateway } from "../support/gateway.ts";
import { cut } from "../stream/cut.ts";

/**
 * What a stream costs, in counts that no other load of a machine touches. The upstream's body is a stream of bytes, as a
 * network's is.
 */

const encoder = new TextEncoder();

const usage = { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 };
const END = `data: ${JSON.stringify({ response: "", usage })}\n\ndata: [DONE]\n\n`;

const TOKENS = [" the", " sea", ",", " é", " 海", " 7", "."];

/** A frame around a token, of each wire format. */
const FORMS = {
  native: (token: string) => ({ response: token, p: "abcdefgh" }),
  dual: (token: string) => ({ ...toChunk({ content: token }), response: token, tool_calls: [], p: "abcdefgh" }),
  openai: (token: string) => ({ ...toChunk({ content: token, reasoning_content: null }), p: "abcdefgh", usage: null }),
  counted: (token: string) => ({ ...toChunk({ content: token }), usage: { prompt_tokens: 0, completion_tokens: 1 } }),
  reasoning: (token: string) => toChunk({ reasoning_content: token, reasoning: token }),
};

type Form = keyof typeof FORMS;

const FORM_NAMES: readonly Form[] = ["native", "dual", "openai", "counted", "reasoning"];

function toChunk(delta: object): object {
  const choices = [{ delta, finish_reason: null, index: 0, logprobs: null, token_ids: null }];
  return { choices, created: 1_791_402_526, id: "f9620000", model: "@cf/m", object: "chat.completion.chunk" };
}

/** A stream of so many events, and its end. */
function toStream(events: number, form: Form = "native"): Uint8Array {
  const records = Array.from({ length: events }, (_, index) => {
    return `data: ${JSON.stringify(FORMS[form](TOKENS[index % TOKENS.length] ?? ""))}\n\n`;
  });
  return encoder.encode(records.join("") + END);
}

function inChunks(bytes: Uint8Array, count: number): readonly Uint8Array[] {
  return cut(bytes, [Math.ceil(bytes.length / count)]);
}

/** One chunk for each record. */
function inRecords(bytes: Uint8Array): readonly Uint8Array[] {
  const text = new TextDecoder().decode(bytes);
  return text.split(/(?<=\n\n)/).map((record) => encoder.encode(record));
}

function createBinding(chunks: readonly Uint8Array[]): AiBinding {
  return {
    run() {
      const rest = chunks.map((chunk) => chunk.slice());
      const body = new ReadableStream({
        type: "bytes",
        pull(controller) {
          const chunk = rest.shift();
          if (chunk !== undefined) controller.enqueue(chunk);
          else {
            controller.close();
            controller.byobRequest?.respond(0);
          }
        },
      });
      return Promise.resolve(new Response(body, { headers: { "content-type": "text/event-stream" } }));
    },
  };
}

/** Streams an answer to its end and returns what was written of it, write by write. */
async function readWrites(chunks: readonly Uint8Array[], windowMs = 0): Promise<readonly Uint8Array[]> {
  const vars = { STREAM_WINDOW_MS: String(windowMs) };
  const response = await createTestGateway({ binding: createBinding(chunks), vars }).post("/v1/chat/completions", {
    model: "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
    messages: [{ role: "user", content: "Hello" }],
    stream: true,
  });
  const writes: Uint8Array[] = [];
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = response.body?.getReader();
  for (let read = await reader?.read(); read?.done === false; read = await reader?.read()) writes.push(read.value);
  expect(new TextDecoder().decode(writes.at(-1))).toMatch(/data: \[DONE\]\n\n$/);
  return writes;
}

/** Calls of these functions while an answer is streamed. */
async function countCalls(chunks: readonly Uint8Array[]) {
  const spies = {
    parse: vi.spyOn(JSON, "parse"),
    decode: vi.spyOn(TextDecoder.prototype, "decode"),
    encode: vi.spyOn(TextEncoder.prototype, "encode"),
    encodeInto: vi.spyOn(TextEncoder.prototype, "encodeInto"),
    log: vi.spyOn(console, "log"),
  };
  await readWrites(chunks);
  return {
    parse: spies.parse.mock.calls.length,
    decode: spies.decode.mock.calls.length,
    encode: spies.encode.mock.calls.length + spies.encodeInto.mock.calls.length,
    log: spies.log.mock.calls.length,
  };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("a stream", () => {
  it.each([0, 10])(
    "with a window of %d ms is written at most once a network chunk, and twice more",
    async (windowMs) => {
      for (const chunks of [inRecords(toStream(200)), inChunks(toStream(2000), 50), inChunks(toStream(100), 1)]) {
        const writes = await readWrites(chunks, windowMs);
        expect(writes.length).toBeLessThanOrEqual(chunks.length + 2);
      }
    },
  );

  it.each(FORM_NAMES)("calls no parser, no encoder, no decoder and no log for one event more: %s", async (form) => {
    const few = await countCalls(inChunks(toStream(64, form), 16));
    vi.restoreAllMocks();
    const many = await countCalls(inChunks(toStream(300, form), 16));
    // The chunks are cut anywhere, so that in each of them one record may be read the long way.
    expect(many.parse - few.parse).toBeLessThanOrEqual(16);
    expect(many.decode - few.decode).toBeLessThanOrEqual(16);
    expect(many.encode).toBe(few.encode);
    expect(many.log).toBe(few.log);
    expect(many.log).toBe(1);
  });

  it.each(FORM_NAMES)(
    "calls the parser for none of its common events, and the others once a chunk: %s",
    async (form) => {
      const chunks = inRecords(toStream(500, form));
      const none = await countCalls(inRecords(toStream(1, form)));
      vi.restoreAllMocks();
      const calls = await countCalls(chunks);
      expect(calls.parse).toBe(none.parse);
      expect(calls.decode - none.decode).toBeLessThanOrEqual(chunks.length);
      expect(calls.encode - none.encode).toBeLessThanOrEqual(chunks.length);
    },
  );

  it("of a megabyte in one record, in chunks of 64 bytes, is searched twice at most", async () => {
    const record = `data: ${JSON.stringify({ response: "x".repeat(1_000_000) })}\n\n`;
    const bytes = encoder.encode(record + END);
    expect(await countSearchedBytes(cut(bytes, [64]))).toBeLessThan(2.1 * bytes.length);
  });

  it.each(FORM_NAMES)("of common events is searched twice at most, in any chunks: %s", async (form) => {
    const bytes = toStream(4000, form);
    for (const count of [1, 16, 400]) {
      expect(await countSearchedBytes(inChunks(bytes, count))).toBeLessThan(2 * bytes.length);
      vi.restoreAllMocks();
    }
  });
});

/** Bytes of an answer that are looked at in search of something, or made a text. */
async function countSearchedBytes(chunks: readonly Uint8Array[]): Promise<number> {
  let searched = 0;
  // oxlint-disable-next-line typescript/unbound-method -- called with the array that they are asked of
  const { indexOf, lastIndexOf } = Uint8Array.prototype;
  vi.spyOn(Uint8Array.prototype, "indexOf").mockImplementation(function count(this: Uint8Array, value, from = 0) {
    const found = indexOf.call(this, value, from);
    searched += (found === -1 ? this.length : found + 1) - from;
    return found;
  });
  vi.spyOn(Uint8Array.prototype, "lastIndexOf").mockImplementation(function count(this: Uint8Array, value) {
    const found = lastIndexOf.call(this, value);
    searched += this.length - Math.max(found, 0);
    return found;
  });
  const decode = vi.spyOn(TextDecoder.prototype, "decode");
  await readWrites(chunks);
  // A long record is cut out by its lines first; its text is what the parser reads.
  const decoded = decode.mock.calls.map(([bytes]) => bytes?.byteLength ?? 0).filter((length) => length < 1_000_000);
  return searched + decoded.reduce((sum, length) => sum + length, 0);
}
