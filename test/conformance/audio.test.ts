import { APIError, BadRequestError, toFile } from "openai";
import { describe, expect, it } from "vitest";
import { createTestGateway, type TestGatewayOptions } from "../support/gateway.ts";
import { createTestClient } from "./support/client.ts";
import { createFakeBinding } from "./support/fake-binding.ts";
import { LLAMA } from "./support/samples.ts";

const TURBO = "@cf/openai/whisper-large-v3-turbo";
const WHISPER = "@cf/openai/whisper";
const AURA = "@cf/deepgram/aura-2-en";
const MELO = "@cf/myshell-ai/melotts";
const SAID = "The quick brown fox jumps over the lazy dog. It was a fine day!";

/** The emulator's speech, which its ear can write down. */
async function record(text = SAID): Promise<File> {
  const { client } = createTestClient();
  const speech = await client.audio.speech.create({ model: AURA, voice: "luna", input: text, response_format: "wav" });
  return toFile(await speech.arrayBuffer(), "speech.wav");
}

async function fail(
  call: (client: ReturnType<typeof createTestClient>["client"]) => Promise<unknown>,
  options: TestGatewayOptions = {},
) {
  return call(createTestClient(options).client).catch((error: unknown) => error);
}

describe("audio.transcriptions.create", () => {
  it.each([TURBO, WHISPER, "@cf/openai/whisper-tiny-en"])("writes down what was said: %s", async (model) => {
    const { client, exchanges } = createTestClient();
    const { text } = await client.audio.transcriptions.create({ model, file: await record() });
    expect(text).toBe(SAID);
    expect(exchanges.at(-1)?.response.headers.get("x-flaregate-model")).toBe(model);
  });

  it("tells the length where the model told it, and what it has cost", async () => {
    const { client, exchanges } = createTestClient();
    const { usage } = await client.audio.transcriptions.create({ model: TURBO, file: await record() });
    expect(usage).toEqual({ type: "duration", seconds: 6.3 });
    expect(Number(exchanges.at(-1)?.response.headers.get("x-flaregate-cost"))).toBeCloseTo((6.3 * 0.000_513) / 60, 10);
  });

  it("answers in plain text", async () => {
    const { client } = createTestClient();
    const text = await client.audio.transcriptions.create({
      model: TURBO,
      file: await record(),
      response_format: "text",
    });
    expect(text).toBe(`${SAID}\n`);
  });

  it("answers with segments, and with words where they are asked for", async () => {
    const { client } = createTestClient();
    const request = { model: TURBO, response_format: "verbose_json" } as const;
    const plain = await client.audio.transcriptions.create({ ...request, file: await record() });
    expect(plain).toMatchObject({ task: "transcribe", language: "en", duration: 6.3, text: SAID });
    expect(plain.segments).toEqual([
      expect.objectContaining({ id: 0, seek: 0, start: 0, end: 6.3, text: SAID, avg_logprob: -0.2 }),
    ]);
    expect(plain.words).toBeUndefined();
    const both = await client.audio.transcriptions.create({
      ...request,
      file: await record(),
      timestamp_granularities: ["word", "segment"],
    });
    expect(both.words?.map(({ word }) => word).join(" ")).toBe(SAID);
    expect(both.words?.at(-1)?.end).toBe(6.3);
    const words = await client.audio.transcriptions.create({
      ...request,
      file: await record(),
      timestamp_granularities: ["word"],
    });
    expect(words.segments).toBeUndefined();
  });

  it("leaves out what a model does not tell, and makes its segments of the words", async () => {
    const { client } = createTestClient();
    const answer = await client.audio.transcriptions.create({
      model: WHISPER,
      file: await record(),
      response_format: "verbose_json",
    });
    expect(Object.keys(answer)).toEqual(["task", "text", "segments"]);
    expect(answer.segments?.map(({ text }) => text)).toEqual([
      "The quick brown fox jumps over the lazy dog.",
      "It was a fine day!",
    ]);
  });

  it("answers with subtitles made of the times of words", async () => {
    const { client } = createTestClient();
    const srt = await client.audio.transcriptions.create({
      model: WHISPER,
      file: await record(),
      response_format: "srt",
    });
    expect(srt).toBe(
      "1\n00:00:00,000 --> 00:00:04,050\nThe quick brown fox jumps over the lazy dog.\n\n" +
        "2\n00:00:04,050 --> 00:00:06,300\nIt was a fine day!\n\n",
    );
    const vtt = await client.audio.transcriptions.create({
      model: WHISPER,
      file: await record(),
      response_format: "vtt",
    });
    expect(vtt).toMatch(/^WEBVTT\n\n00:00:00\.000 --> 00:00:04\.050\nThe quick/);
  });

  it("streams the text as one piece", async () => {
    const { client, exchanges } = createTestClient();
    const stream = await client.audio.transcriptions.create({ model: TURBO, file: await record(), stream: true });
    const types: string[] = [];
    for await (const event of stream) types.push(event.type);
    expect(types).toEqual(["transcript.text.delta", "transcript.text.done"]);
    expect(exchanges.at(-1)?.response.headers.get("x-flaregate-parameters")).toBe("stream=emulated");
  });

  it("passes language and prompt on, and names what the model has no use for", async () => {
    const { client, exchanges } = createTestClient();
    const request = { language: "de", prompt: "Names: Ada", temperature: 0.4 };
    const file = await record();
    const answer = await client.audio.transcriptions.create({
      ...request,
      model: TURBO,
      file,
      response_format: "verbose_json",
    });
    expect(answer.language).toBe("de");
    expect(exchanges.at(-1)?.response.headers.get("x-flaregate-parameters")).toBe("temperature=ignored");
    await client.audio.transcriptions.create({ ...request, model: WHISPER, file });
    expect(exchanges.at(-1)?.response.headers.get("x-flaregate-parameters")).toBe(
      "temperature=ignored, language=ignored, prompt=ignored",
    );
  });

  it.each([
    ["file", "an empty file", { file: new File([], "empty.wav") }],
    ["model", "a model that writes text", { model: LLAMA }],
    ["response_format", "a format that does not exist", { response_format: "docx" }],
    ["include", "log probabilities", { include: ["logprobs"] }],
    ["timestamp_granularities[0]", "times of letters", { timestamp_granularities: ["letter"] }],
    ["temperature", "a temperature out of range", { temperature: 2 }],
  ])("names the field at fault: %s, %s", async (param, _case, change) => {
    const file = await record();
    const error = await fail((client) =>
      client.audio.transcriptions.create({ model: TURBO, file, ...change } as never),
    );
    expect(error).toBeInstanceOf(BadRequestError);
    expect(error).toMatchObject({ param });
  });

  it("refuses a form that is too long, as soon as it is", async () => {
    const gateway = createTestGateway({ vars: { MAX_BODY_BYTES: 100_000 } });
    const boundary = "limit";
    let sent = 0;
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.wav"\r\n\r\n`;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        controller.enqueue(sent === 1 ? new TextEncoder().encode(head) : new Uint8Array(10_000));
      },
    });
    const headers = { "content-type": `multipart/form-data; boundary=${boundary}` };
    const response = await gateway.request("/v1/audio/transcriptions", { method: "POST", headers, body });
    expect(response.status).toBe(413);
    expect(sent).toBeLessThan(20);
  });

  it.each([
    ["JSON", { "content-type": "application/json" }, "{}"],
    ["a form that is not complete", { "content-type": "multipart/form-data; boundary=x" }, "--x\r\n\r\nhalf"],
    ["a form without a boundary", { "content-type": "multipart/form-data" }, "--x--"],
    ["nothing", { "content-type": "multipart/form-data; boundary=x" }, ""],
  ])("refuses a body that is no form: %s", async (_case, headers, body) => {
    const response = await createTestGateway().request("/v1/audio/transcriptions", { method: "POST", headers, body });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { type: "invalid_request_error" } });
  });

  it("fails where the upstream sends no text", async () => {
    const file = await record();
    const binding = createFakeBinding(() => Response.json({ words: [] }));
    const error = await fail((client) => client.audio.transcriptions.create({ model: TURBO, file }), {
      binding,
      vars: { MAX_ATTEMPTS: 1 },
    });
    expect(error).toBeInstanceOf(APIError);
    expect(error).toMatchObject({ status: 502 });
  });
});

describe("audio.translations.create", () => {
  it("translates into English with a model that can", async () => {
    const { client } = createTestClient();
    const answer = await client.audio.translations.create({ model: TURBO, file: await record("Guten Tag") });
    expect(answer).toEqual({ text: "In English: Guten Tag" });
    const verbose = await client.audio.translations.create({
      model: TURBO,
      file: await record("Guten Tag"),
      response_format: "verbose_json",
    });
    expect(verbose).toMatchObject({ task: "translate", language: "en" });
  });

  it("names the model where it cannot", async () => {
    const file = await record();
    const error = await fail((client) => client.audio.translations.create({ model: WHISPER, file }));
    expect(error).toMatchObject({ status: 400, param: "model" });
  });
});

describe("audio.speech.create", () => {
  it.each([
    [undefined, "audio/mpeg", "ID3"],
    ["mp3", "audio/mpeg", "ID3"],
    ["opus", "audio/ogg", "OggS"],
    ["flac", "audio/flac", "fLaC"],
    ["wav", "audio/wav", "RIFF"],
  ] as const)("speaks in the format that was asked for: %s", async (format, type, start) => {
    const { client } = createTestClient();
    const response = await client.audio.speech.create({
      model: AURA,
      voice: "luna",
      input: "Hello!",
      ...(format !== undefined && { response_format: format }),
    });
    expect(response.headers.get("content-type")).toBe(type);
    expect(await response.text()).toMatch(new RegExp(`^${start}`));
  });

  it("gives PCM as OpenAI does: 24 kHz, 16 bits, without a header", async () => {
    const { client } = createTestClient();
    const response = await client.audio.speech.create({
      model: AURA,
      voice: "luna",
      input: "{Hello!}",
      response_format: "pcm",
    });
    expect(response.headers.get("content-type")).toBe("audio/pcm");
    expect((await response.arrayBuffer()).byteLength).toBe(8 * 2400 * 2);
  });

  it("decodes the speech of a model that sends it in JSON", async () => {
    const { client, exchanges } = createTestClient();
    const response = await client.audio.speech.create({ model: MELO, voice: "fr", input: "Bonjour" });
    expect(response.headers.get("content-type")).toBe("audio/mpeg");
    expect(await response.text()).toMatch(/^ID3/);
    expect(exchanges.at(-1)?.response.headers.has("x-flaregate-parameters")).toBe(false);
  });

  it("takes OpenAI's voices for the model's own, and says so", async () => {
    const { client, exchanges } = createTestClient();
    await client.audio.speech.create({
      model: AURA,
      voice: "alloy",
      input: "Hello!",
      speed: 1.5,
      instructions: "Whisper.",
    });
    expect(exchanges.at(-1)?.response.headers.get("x-flaregate-parameters")).toBe(
      "speed=ignored, instructions=ignored, voice=adjusted",
    );
  });

  it.each([
    ["voice", "a voice that nobody has", { voice: "robot" }],
    ["input", "no text", { input: "" }],
    ["input", "a text that is too long", { input: "x".repeat(4097) }],
    [
      "response_format",
      "a format that the model does not speak",
      { model: MELO, voice: "en", response_format: "flac" },
    ],
    ["stream_format", "events", { stream_format: "sse" }],
    ["model", "a model that writes text", { model: LLAMA }],
  ])("names the parameter at fault: %s, %s", async (param, _case, change) => {
    const request = { model: AURA, voice: "luna", input: "Hello!", ...change };
    const error = await fail((client) => client.audio.speech.create(request as never));
    expect(error).toBeInstanceOf(BadRequestError);
    expect(error).toMatchObject({ param });
  });
});
