import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { toEmulatorOptions } from "../../src/emulator/environment.ts";
import { createRestEmulator } from "../../src/emulator/rest.ts";

/** A server of OpenAI's API on loopback, as Ollama is one, and the emulator in front of it as its variables set it up. */

const chunk = (delta: object, finish: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
const CALL = { index: 0, id: "a", type: "function", function: { name: "get_weather", arguments: '{"city":"Oslo"}' } };

function answer(path: string, request: { stream?: boolean; tools?: unknown[]; input?: string[] }): unknown {
  if (path.endsWith("/models")) return { data: [{ id: "tiny" }] };
  if (path.endsWith("/embeddings"))
    return { data: request.input?.map((_, index) => ({ index, embedding: [index, 1] })) };
  if (request.stream === true)
    return [chunk({ content: "Hello" }), chunk({ content: " you" }), chunk({}, "stop")].join("");
  if (request.tools !== undefined)
    return { choices: [{ message: { tool_calls: [CALL] }, finish_reason: "tool_calls" }] };
  return { choices: [{ message: { content: "Hello you" }, finish_reason: "stop" }] };
}

async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  let text = "";
  for await (const part of incoming.setEncoding("utf8")) text += String(part);
  const answered = answer(incoming.url ?? "", JSON.parse(text || "{}"));
  const streams = typeof answered === "string";
  outgoing.writeHead(200, { "content-type": streams ? "text/event-stream" : "application/json" });
  outgoing.end(streams ? `${answered}data: [DONE]\n\n` : JSON.stringify(answered));
}

const server = createServer((incoming, outgoing) => void serve(incoming, outgoing));
let baseUrl = "";

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server listens on no port.");
  baseUrl = `http://127.0.0.1:${address.port}/v1`;
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

function run(model: string, inputs: object, upstream = baseUrl): Promise<Response> {
  const emulator = createRestEmulator(toEmulatorOptions({ EMULATOR_UPSTREAM: upstream, EMULATOR_QUIRKS: "false" }));
  return emulator(
    new Request(`http://localhost/client/v4/accounts/any/ai/run/${model}`, {
      method: "POST",
      headers: { authorization: "Bearer any" },
      body: JSON.stringify(inputs),
    }),
  );
}

const LLAMA = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
const HELLO = { messages: [{ role: "user", content: "Hello" }] };

describe("EMULATOR_UPSTREAM", () => {
  it("gives texts, in Workers AI's form", async () => {
    expect(await (await run(LLAMA, HELLO)).json()).toMatchObject({ result: { response: "Hello you", tool_calls: [] } });
  });

  it("gives streams", async () => {
    const text = await (await run(LLAMA, { ...HELLO, stream: true })).text();
    expect(text).toMatch(/"response":"Hello"[^]+"response":" you"[^]+"usage"[^]+data: \[DONE\]/);
  });

  it("gives tool calls", async () => {
    const tools = [{ name: "get_weather", description: "", parameters: { type: "object", properties: {} } }];
    expect(await (await run(LLAMA, { ...HELLO, tools })).json()).toMatchObject({
      result: { response: null, tool_calls: [{ name: "get_weather", arguments: { city: "Oslo" } }] },
    });
  });

  it("gives vectors", async () => {
    expect(await (await run("@cf/baai/bge-m3", { text: ["a", "b"] })).json()).toMatchObject({
      result: {
        shape: [2, 2],
        data: [
          [0, 1],
          [1, 1],
        ],
      },
    });
  });

  it("is named by its URL where nothing listens, to the caller and, once, in the console", async () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const [first, second] = [
      await run(LLAMA, HELLO, "http://127.0.0.1:1/v1"),
      await run(LLAMA, HELLO, "http://127.0.0.1:1/v1"),
    ];
    expect([first.status, second.status]).toEqual([500, 500]);
    expect(await first.json()).toMatchObject({
      success: false,
      errors: [{ code: 3043, message: expect.stringContaining("cannot be reached at http://127.0.0.1:1/v1/models") }],
    });
    expect(error.mock.calls).toEqual([[expect.stringContaining("http://127.0.0.1:1/v1/models")]]);
  });
});
