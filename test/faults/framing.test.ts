import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { checkChatStream } from "../conformance/support/check-chat-stream.ts";
import { createBinding } from "../support/binding.ts";
import { slicings, toBody } from "../support/slices.ts";
import { cut } from "../stream/cut.ts";
import { createFaultGateway, readAnswer, readStream, SAID } from "./fault-gateway.ts";

const LLAMA = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";

/** The JSON of a record; an empty object for one that has none. */
function toData(record: string): string {
  return record.startsWith("data: {") ? record.slice("data: ".length) : "{}";
}

const encoder = new TextEncoder();
const complete = { end: "complete", text: SAID, finish: "stop" };
const usage = '{"response":"","usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}';

function toRecords(...texts: readonly string[]): string {
  return [...texts.map((response) => JSON.stringify({ response })), usage, "[DONE]"]
    .map((data) => `data: ${data}\n\n`)
    .join("");
}

async function answerOf(chunks: readonly Uint8Array[]) {
  const binding = createBinding(() => new Response(toBody(chunks)));
  return readAnswer(await createFaultGateway({ binding }).ask("no-done"));
}

describe("the form of an upstream's stream", () => {
  it("D1: the answer does not depend on where the network cuts the stream", async () => {
    const bytes = encoder.encode(toRecords("Grüße ", "\u{1F44B}", "\\u00e9 日本"));
    const expected = { end: "complete", text: "Grüße \u{1F44B}\\u00e9 日本", finish: "stop" };
    for (const { chunks } of slicings(bytes)) expect(await answerOf(chunks)).toEqual(expected);
    for (let position = 1; position < bytes.length; position += 1) {
      expect(await answerOf([bytes.slice(0, position), bytes.slice(position)])).toEqual(expected);
    }
  });

  it.each(["split-utf8", "one-byte-chunks", "escaped-unicode", "one-chunk"])(
    "D1, D2: %s leaves the text whole",
    async (name) => {
      expect(await readAnswer(await createFaultGateway().ask(name))).toEqual(complete);
    },
  );

  it("D2: a surrogate pair whose halves come in two events is one character", async () => {
    const text = String.raw`data: {"response":"a\ud83d"}` + "\n\n" + String.raw`data: {"response":"\udc4bb"}` + "\n\n";
    const answer = await answerOf([encoder.encode(`${text}data: ${usage}\n\ndata: [DONE]\n\n`)]);
    expect(answer).toEqual({ end: "complete", text: "a\u{1F44B}b", finish: "stop" });
  });

  it.each([
    "crlf-frames",
    "cr-frames",
    "mixed-line-ends",
    "no-space",
    "two-data-lines",
    "comments",
    "other-fields",
    "bom",
  ])("D3: %s are read by the rules of event streams", async (name) => {
    expect(await readAnswer(await createFaultGateway().ask(name))).toEqual(complete);
  });

  it("D4: blank lines and empty data are neither an event nor an error", async () => {
    expect(await readAnswer(await createFaultGateway().ask("keep-alives"))).toEqual(complete);
  });

  it("D13: one event of a megabyte in pieces of 64 bytes arrives whole or fails at the limit", async () => {
    const fits = toRecords("x".repeat(1_000_000));
    const answer = await answerOf(cut(encoder.encode(fits), [64]));
    expect(answer).toMatchObject({ end: "complete", text: "x".repeat(1_000_000) });
    const gateway = createFaultGateway();
    expect(await readAnswer(await gateway.ask("huge-frame"))).toMatchObject({ end: "refused" });
    expect(gateway.open).toBe(0);
  });

  it("D13: a line that never ends fails at the limit, and the upstream is cancelled", async () => {
    const gateway = createFaultGateway();
    expect(await readAnswer(await gateway.ask("endless-line"))).toMatchObject({
      end: "refused",
      error: { status: 502 },
    });
    expect(gateway.outcomes).toEqual(["cancelled"]);
  });

  it("D14: two thousand events, and a hundred thousand in one network chunk, are one text each", async () => {
    const many = await readAnswer(await createFaultGateway().ask("many-events"));
    expect(many).toMatchObject({ end: "complete", finish: "stop" });
    expect(many).toHaveProperty("text", expect.stringMatching(/^(?: \d){2048}$/));
    const text = `${'data: {"response":"a"}\n\n'.repeat(100_000)}data: ${usage}\n\ndata: [DONE]\n\n`;
    const binding = createBinding(() => new Response(text));
    const response = await createFaultGateway({ binding }).ask("no-done");
    const body = await response.text();
    expect(body.match(/"content":"a"/g)).toHaveLength(100_000);
    expect(body.endsWith("data: [DONE]\n\n")).toBe(true);
  });

  it("D20: native events between OpenAI's are one answer with one id, one model and one role", async () => {
    const text = await (await createFaultGateway().ask("mixed-frames")).text();
    expect(readStream(text)).toEqual(complete);
    expect(text.match(/"role"/g)).toHaveLength(1);
    expect(new Set(text.match(/"id":"[^"]+","object":"[^"]+","created":\d+,"model":"[^"]+"/g)).size).toBe(1);
  });

  it("D21: a text that looks like framing arrives as a text", async () => {
    const expected = 'a\n\ndata: [DONE]\n\nb"}]}c\u2028d\u2029ef\u0000g\r\ndata: {"response":"no"}\r\n\r\n';
    for (const stream of [true, false]) {
      const answer = await readAnswer(await createFaultGateway().ask("injection", { stream }));
      expect(answer).toEqual({ end: "complete", text: expected, finish: "stop" });
    }
  });

  it("D21: whatever a model says, the client gets it, and one end", async () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 30 }),
      fc.constantFrom("\n\n", "data: [DONE]\n\n", "\r"),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 6 }), async (texts) => {
        const said = texts.join("");
        // A text that opens like a thought or a tool call has rules of its own.
        fc.pre(!/[<{[]/.test(said));
        const answer = await answerOf([encoder.encode(toRecords(...texts))]);
        expect(answer).toEqual({ end: "complete", text: said, finish: "stop" });
      }),
      { seed: 20_261_121, numRuns: 60 },
    );
  });

  it.each(["bad-escape", "raw-control"])("D22: %s is an error record behind what was said", async (name) => {
    expect(await readAnswer(await createFaultGateway().ask(name))).toMatchObject({ end: "broken", text: "Hello" });
  });

  it("D28: a stream's headers are its own: no length, no cache, nothing of the caller's or the upstream's", async () => {
    const body = toRecords("Hi");
    const upstream = { "set-cookie": "a=b", "x-upstream": "1", "content-length": "5", "cache-control": "public" };
    const binding = createBinding(() => new Response(body, { headers: upstream }));
    const { headers } = await createFaultGateway({ binding }).ask("no-done", { user: "x\r\nx-injected: 1" });
    expect(headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect(headers.get("cache-control")).toBe("no-cache");
    for (const name of ["content-length", "set-cookie", "x-upstream", "x-injected"])
      expect(headers.has(name)).toBe(false);
  });
});

describe("what a stream says", () => {
  it.each(["missing-usage", "incremental-usage", "cached-usage", "negative-usage", "partial-usage"])(
    "D19: %s is at most one usage chunk, the last",
    async (name) => {
      const options = { stream_options: { include_usage: true, include_obfuscation: false } };
      const text = await (await createFaultGateway().ask(name, options)).text();
      const records = text.split("\n\n").filter((record) => record.startsWith("data: {"));
      const told = records.filter((record) => record.includes('"total_tokens"'));
      expect(told).toEqual(told.length === 0 ? [] : records.slice(-1));
      for (const record of told) expect(record).toContain('"choices":[]');
      expect(text.endsWith("data: [DONE]\n\n")).toBe(true);
    },
  );

  it("D23: odd padding is passed on as obfuscation, escaped anew, and left out on request", async () => {
    const paddings = ['"\\\u2028\u0007é', "", "plain"];
    const events = paddings.map((p, index) => `data: ${JSON.stringify({ response: `${index}`, p })}\n\n`).join("");
    const binding = createBinding(() => new Response(`${events}data: ${usage}\n\ndata: [DONE]\n\n`));
    const gateway = createFaultGateway({ binding });
    const text = await (await gateway.ask(LLAMA, { stream_options: {} })).text();
    const found = text.split("\n\n").flatMap((record) => {
      const { obfuscation } = z.object({ obfuscation: z.string().optional() }).parse(JSON.parse(toData(record)));
      return obfuscation === undefined ? [] : [obfuscation];
    });
    expect(found).toEqual(paddings.filter((padding) => padding !== ""));
    const plain = gateway.ask(LLAMA, { stream_options: { include_obfuscation: false } });
    expect(await (await plain).text()).not.toContain("obfuscation");
  });

  it.each(["tool-fragments", "tool-native-fragments", "tool-interleaved", "tool-repeated-ids", "tool-no-index"])(
    "D24: two calls in pieces keep their indexes and ids, and their arguments are whole: %s",
    async (name) => {
      const messages = [{ role: "user", content: "What is the weather in Paris and Rome?" }];
      const parameters = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
      const tools = [{ type: "function", function: { name: "get_weather", parameters } }];
      const { problems, choices } = checkChatStream(
        await (await createFaultGateway().ask(name, { messages, tools })).text(),
      );
      expect(problems).toEqual([]);
      expect(choices[0]?.calls.map((call) => JSON.parse(call.arguments) as unknown)).toEqual([
        { city: "Paris" },
        { city: "Rome" },
      ]);
    },
  );
});
