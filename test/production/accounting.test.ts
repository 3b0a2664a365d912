import { afterEach, expect, it, vi } from "vitest";
import { createEmulator } from "../../src/emulator/handler.ts";
import { type ProductionWorker, startProductionWorker } from "./production-worker.ts";

const MODEL = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
const KEY = "sk-production";

let worker: ProductionWorker | undefined;

afterEach(async () => {
  await worker?.stop();
  worker = undefined;
});

const isLine = (line: string): boolean => line.includes('"event":"request"');

it.each([
  ["reads", true],
  ["never reads", false],
])("in the runtime, a client that %s a stream and leaves has its request's line in the log", async (_name, reads) => {
  const lines: string[] = [];
  worker = await startProductionWorker({
    // It goes on saying something: workerd's HTTP server learns from writing that nobody reads.
    upstream: createEmulator({ seed: 1, tokensPerSecond: 20 }),
    vars: { API_KEYS: `test:${KEY}` },
    onLog: (line) => lines.push(line),
  });
  const client = new AbortController();
  const response = await fetch(`${worker.origin}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${KEY}`, "content-type": "application/json" },
    body: JSON.stringify({
      model: MODEL,
      messages: [{ role: "user", content: "Tell me about the sea." }],
      stream: true,
    }),
    signal: client.signal,
  });
  if (reads) await response.body?.getReader().read();
  expect(lines.filter(isLine)).toEqual([]);
  client.abort();
  const line = await vi.waitFor(
    () => {
      const found = lines.find(isLine);
      expect(found).toBeDefined();
      return found ?? "";
    },
    { timeout: 10_000 },
  );
  expect(JSON.parse(line)).toMatchObject({ status: 200, keyName: "test", ending: "left", isEstimated: true });
});
