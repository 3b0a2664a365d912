import { connect } from "node:net";
import OpenAI, { RateLimitError } from "openai";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createEmulator } from "../../src/emulator/handler.ts";
import type { EmulatorOptions, StreamOutcome } from "../../src/emulator/options.ts";
import type { UpstreamHandler } from "./loopback-server.ts";
import { type ProductionWorker, startProductionWorker } from "./production-worker.ts";

const MODEL = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
const KEY = "sk-production";
const MESSAGES = [{ role: "user" as const, content: "Tell me about the sea." }];

/** How soon the upstream must learn that the client has left. Far above what it takes, far below any time limit. */
const CANCEL_MS = 5_000;

let worker: ProductionWorker | undefined;

afterEach(async () => {
  await worker?.stop();
  worker = undefined;
});

async function start(upstream: UpstreamHandler, vars: Readonly<Record<string, string>> = {}): Promise<OpenAI> {
  worker = await startProductionWorker({ upstream, vars: { API_KEYS: `test:${KEY}`, ...vars } });
  return new OpenAI({ apiKey: KEY, baseURL: `${worker.origin}/v1`, maxRetries: 0 });
}

describe("through the runtime's own Ai class", () => {
  it("a completion arrives whole", async () => {
    const client = await start(createEmulator({ seed: 1 }));
    const completion = await client.chat.completions.create({ model: MODEL, messages: MESSAGES, max_tokens: 20 });
    expect(completion).toMatchObject({
      object: "chat.completion",
      model: MODEL,
      choices: [{ message: { role: "assistant", content: expect.stringMatching(/\w/) } }],
      usage: { total_tokens: expect.any(Number) },
    });
  });

  it("a streamed completion arrives in chunks, with one finish reason and its usage", async () => {
    const client = await start(createEmulator({ seed: 1 }));
    const stream = await client.chat.completions.create({
      model: MODEL,
      messages: MESSAGES,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = await Array.fromAsync(stream);
    const reasons = chunks.map((chunk) => chunk.choices[0]?.finish_reason).filter((reason) => reason != null);
    expect(reasons).toEqual(["stop"]);
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? "").join("")).toMatch(/\w/);
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: expect.any(Number) } });
  });

  it("the model's id and the inputs reach Workers AI", async () => {
    const emulator = createEmulator({ seed: 1 });
    const seen: unknown[] = [];
    const client = await start(async (request) => {
      const body: unknown = await request.clone().json();
      seen.push({ model: request.headers.get("cf-consn-model-id"), url: request.url, body });
      return await emulator(request);
    });
    await client.chat.completions.create({ model: MODEL, messages: MESSAGES, max_tokens: 5 });
    expect(seen).toMatchObject([
      {
        model: MODEL,
        url: "https://workers-binding.ai/run?version=3",
        body: { inputs: { messages: MESSAGES, max_tokens: 5 } },
      },
    ]);
  });

  it.for([{ stream: false }, { stream: true }])("an upstream error is the envelope, stream: $stream", async (mode) => {
    const body = { internalCode: 3040, name: "AiError", description: "Capacity temporarily exceeded", message: "" };
    const client = await start(async () => Response.json(body, { status: 429 }), { MAX_ATTEMPTS: "1" });
    const failure = await client.chat.completions.create({ model: MODEL, messages: MESSAGES, ...mode }).catch(asError);
    expect(failure).toBeInstanceOf(RateLimitError);
    expect(failure).toMatchObject({
      status: 429,
      type: "rate_limit_error",
      code: "rate_limit_exceeded",
      param: null,
      requestID: expect.stringMatching(/./),
    });
  });
});

describe("a client that leaves", () => {
  it("cancels the upstream's stream", async () => {
    const { outcomes, options } = recordOutcomes({ tokensPerSecond: 20 });
    const client = await start(createEmulator(options));
    const stream = await client.chat.completions.create({ model: MODEL, messages: MESSAGES, stream: true });
    for await (const chunk of stream) {
      if (chunk.choices[0]?.delta.content) break;
    }
    await vi.waitFor(() => expect(outcomes).toEqual(["cancelled"]), CANCEL_MS);
  });

  // While nothing is written, workerd's own HTTP server learns of a closed connection only from a reset.
  it("cancels the upstream before its first token", async () => {
    const { outcomes, options } = recordOutcomes({ timeToFirstTokenMs: 60_000 });
    const emulator = createEmulator(options);
    const reached = vi.fn<UpstreamHandler>((request) => emulator(request));
    await start(reached);
    const socket = sendChatRequest(worker, { model: MODEL, messages: MESSAGES, stream: true });
    await vi.waitFor(() => expect(reached).toHaveBeenCalled(), CANCEL_MS);
    socket.resetAndDestroy();
    await vi.waitFor(() => expect(outcomes).toEqual(["cancelled"]), CANCEL_MS);
  });
});

function recordOutcomes(options: EmulatorOptions): { outcomes: StreamOutcome[]; options: EmulatorOptions } {
  const outcomes: StreamOutcome[] = [];
  return { outcomes, options: { seed: 1, ...options, onStreamEnd: (outcome) => outcomes.push(outcome) } };
}

function sendChatRequest(to: ProductionWorker | undefined, body: unknown): ReturnType<typeof connect> {
  const { host, hostname, port } = new URL(to?.origin ?? "");
  const text = JSON.stringify(body);
  const socket = connect(Number(port), hostname);
  socket.write(
    [
      "POST /v1/chat/completions HTTP/1.1",
      `host: ${host}`,
      `authorization: Bearer ${KEY}`,
      "content-type: application/json",
      `content-length: ${Buffer.byteLength(text)}`,
      "",
      text,
    ].join("\r\n"),
  );
  return socket;
}

function asError(error: unknown): unknown {
  return error;
}
