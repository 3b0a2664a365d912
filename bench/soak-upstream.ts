/**
 * Workers AI's place in a soak test: sound answers as the prompt asks for them, and the emulator's faults. Tells its
 * parent, when asked, how many answers it is still giving.
 */
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { createEmulator } from "../src/emulator/handler.ts";
import { FAULT_MODEL_PREFIX, readMarker } from "./support/soak-marker.ts";
import { createUpstreamBody } from "./support/upstream-bodies.ts";
import type { UpstreamBody } from "./support/upstream-bodies.ts";

/** How long the emulator's slow faults take. */
const FAULT_DELAY_MS = 300;

const emulate = createEmulator({ seed: 1, faultDelayMs: FAULT_DELAY_MS });
let open = 0;

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const text = await readText(request);
  const model = String(request.headers["cf-consn-model-id"] ?? "");
  if (!request.url?.includes("/run")) {
    response.writeHead(404).end();
    return;
  }
  open += 1;
  response.on("close", () => {
    open -= 1;
  });
  const body = readMarker(text);
  if (model.startsWith(FAULT_MODEL_PREFIX)) await answerFaulty(model.slice(FAULT_MODEL_PREFIX.length), text, response);
  else if (body === undefined) response.writeHead(400).end();
  else await answerSoundly(body, response);
}

async function answerSoundly(body: UpstreamBody, response: ServerResponse): Promise<void> {
  const { pieces } = createUpstreamBody(body);
  response.writeHead(200, { "content-type": body.form === "json" ? "application/json" : "text/event-stream" });
  for (const piece of pieces) {
    if (response.destroyed) return;
    if (body.paceMs !== undefined && body.paceMs > 0) await pause(body.paceMs);
    await write(response, piece);
  }
  response.end();
}

async function answerFaulty(fault: string, text: string, response: ServerResponse): Promise<void> {
  const abort = new AbortController();
  response.on("close", () => abort.abort());
  const headers = { "content-type": "application/json", "cf-consn-model-id": `@emulator/${fault}` };
  const url = "https://workers-binding.ai/run?version=3";
  try {
    const emulated = await emulate(new Request(url, { method: "POST", headers, body: text }), abort.signal);
    response.writeHead(emulated.status, Object.fromEntries(emulated.headers));
    response.flushHeaders();
    const reader = emulated.body?.getReader();
    abort.signal.addEventListener("abort", () => void reader?.cancel().catch(() => undefined));
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
      await write(response, part.value);
    }
    response.end();
  } catch {
    // A fault that breaks its stream breaks the connection.
    response.destroy();
  }
}

/** As fast as the reader reads: some of the faults never come to an end. */
async function write(response: ServerResponse, piece: Uint8Array): Promise<void> {
  if (response.write(piece) || response.destroyed) return;
  await new Promise<void>((resolve) => {
    const go = () => {
      response.off("drain", go);
      response.off("close", go);
      resolve();
    };
    response.on("drain", go);
    response.on("close", go);
  });
}

async function readText(request: IncomingMessage): Promise<string> {
  request.setEncoding("utf8");
  let text = "";
  for await (const part of request) text += String(part);
  return text;
}

const server = createServer({ keepAliveTimeout: 120_000, noDelay: true }, (request, response) => {
  // A client that leaves within its own request is none of the faults that are looked for.
  answer(request, response).catch(() => response.destroy());
});
server.listen(0, "127.0.0.1", () => process.send?.(server.address()));
process.on("message", () => process.send?.({ open }));
process.on("disconnect", () => process.exit(0));
