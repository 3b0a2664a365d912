import { once } from "node:events";
import { createServer } from "node:http";
import type { Server, ServerResponse } from "node:http";
import { connect } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { API_KEY } from "../../bench/support/client.ts";
import { readResidentBytes } from "../../bench/support/process-figures.ts";
import { startWorkerd } from "../../bench/support/workerd.ts";
import type { RunningWorker } from "../../bench/support/workerd.ts";
import { productionBuild } from "./production-worker.ts";

/**
 * The deployed bundle in a runtime process of its own, whose memory the system tells. What is bounded is how much it grows
 * with what a stream brings: the heap of the runtime grows in steps, and sockets hold some as well.
 */

const MEGABYTE = 1024 * 1024;

const END = `data: ${JSON.stringify({
  response: "",
  usage: { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 },
})}\n\ndata: [DONE]\n\n`;

const RECORDS_PER_WRITE = 100;
const RECORDS = `data: ${JSON.stringify({ response: " sea", p: "abcdefgh" })}\n\n`.repeat(RECORDS_PER_WRITE);

/** Answers each call as `answer` says, whose choice the tests make. */
let answer: (response: ServerResponse) => Promise<void>;
let server: Server;
let worker: RunningWorker;
let inspectorPort: number;

/** So many events, as fast as they are taken; the bytes that were taken. */
async function writeEvents(response: ServerResponse, events: number, took?: (bytes: number) => void): Promise<void> {
  const closed = once(response, "close");
  for (let written = 0; written < events && !response.destroyed; written += RECORDS_PER_WRITE) {
    if (!response.write(RECORDS)) await Promise.race([once(response, "drain"), closed]);
    took?.(RECORDS.length);
  }
  response.end(END);
}

/** A client on a connection of its own, which reads only when it is told to. */
function ask(): Socket {
  const body = JSON.stringify({
    model: "@cf/meta/llama-3.3-70b-instruct-fp8-fast",
    messages: [{ role: "user", content: "Hello" }],
    stream: true,
  });
  const socket = connect(worker.port, "127.0.0.1");
  socket.write(
    "POST /v1/chat/completions HTTP/1.1\r\nhost: gateway\r\nconnection: close\r\n" +
      `authorization: Bearer ${API_KEY}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  return socket;
}

async function readToEnd(socket: Socket): Promise<{ bytes: number; end: string }> {
  let bytes = 0;
  let end = "";
  for await (const part of socket) {
    const text = String(part);
    bytes += text.length;
    end = (end + text).slice(-100);
  }
  return { bytes, end };
}

function readMegabytes(): number {
  return (readResidentBytes(worker.processId) ?? 0) / MEGABYTE;
}

/** What the isolate itself uses, by its own account: objects, those of the runtime behind them, and buffers. */
async function readIsolateMegabytes(): Promise<number> {
  const inspector = new WebSocket(`ws://127.0.0.1:${inspectorPort}/main`);
  await once(inspector, "open");
  inspector.send(JSON.stringify({ id: 1, method: "Runtime.getHeapUsage" }));
  const answered = Promise.withResolvers<Record<string, number>>();
  inspector.addEventListener("message", ({ data }) => {
    const message: { id?: number; result?: Record<string, number> } = JSON.parse(String(data));
    if (message.id === 1 && message.result !== undefined) answered.resolve(message.result);
  });
  const { usedSize = NaN, embedderHeapUsedSize = NaN, backingStorageSize = NaN } = await answered.promise;
  inspector.close();
  return (usedSize + embedderHeapUsedSize + backingStorageSize) / MEGABYTE;
}

/** How much the process has grown at most while `action` ran. */
async function measureGrowth(action: () => Promise<void>): Promise<number> {
  const before = readMegabytes();
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, readMegabytes());
  }, 20);
  try {
    await action();
    return Math.max(most, readMegabytes()) - before;
  } finally {
    clearInterval(timer);
  }
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

beforeAll(async () => {
  const built = await productionBuild();
  server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    void answer(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port: upstreamPort } = server.address() as AddressInfo;
  const vars = { API_KEYS: `memory:${API_KEY}` };
  inspectorPort = await findFreePort();
  worker = await startWorkerd(built, { upstreamPort, vars, inspectorPort });
  // What every process needs once: compiled code, and a heap of a working size.
  answer = (response) => writeEvents(response, 20_000);
  for (let stream = 0; stream < 10; stream += 1) await readToEnd(ask());
});

afterAll(async () => {
  await worker.stop();
  server.closeAllConnections();
  server.close();
});

describe.skipIf(process.platform !== "linux")("the memory of the runtime", () => {
  it("grows by less than 25 MB for a reader that stops, with 128 MB on offer", async () => {
    let taken = 0;
    answer = (response) => writeEvents(response, 4_000_000, (bytes) => (taken += bytes));
    const socket = ask();
    const growth = await measureGrowth(async () => {
      await once(socket, "readable");
      // Until nothing more is taken.
      for (let before = -1; before !== taken;) {
        before = taken;
        await pause(500);
      }
    });
    socket.destroy();
    expect(growth).toBeLessThan(25);
    expect(taken).toBeLessThan(32 * MEGABYTE);
  });

  it("grows no more for a stream of 200 000 events than for streams of 200", async () => {
    answer = (response) => writeEvents(response, 200_000);
    let bytes = 0;
    const growth = await measureGrowth(async () => {
      const { bytes: length, end } = await readToEnd(ask());
      bytes = length;
      expect(end).toContain("data: [DONE]");
    });
    expect(bytes).toBeGreaterThan(32 * MEGABYTE);
    expect(growth).toBeLessThan(25);
  });

  it("has room in the 128 MB of an isolate for a thousand slow streams at once", async () => {
    const held: ServerResponse[] = [];
    answer = async (response) => {
      response.write(RECORDS);
      held.push(response);
    };
    const sockets = Array.from({ length: 1000 }, ask);
    const streams = sockets.map(readToEnd);
    while (held.length < sockets.length) await pause(20);
    for (let turn = 0; turn < 3; turn += 1) {
      for (const response of held) response.write(RECORDS);
      await pause(100);
    }
    const isolate = await readIsolateMegabytes();
    for (const response of held) response.end(END);
    for (const { end } of await Promise.all(streams)) expect(end).toContain("data: [DONE]");
    // Not the process: its sockets and HTTP connections are no part of what an isolate may use.
    expect(isolate).toBeLessThan(128);
  });
});
