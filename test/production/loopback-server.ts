import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";

/** An upstream, as the emulator implements it. */
export type UpstreamHandler = (request: Request) => Promise<Response>;

export interface LoopbackServer {
  readonly url: URL;
  close(): Promise<void>;
}

/**
 * Stands where Miniflare expects the remote Workers AI: its `Ai` class sends what it would send to the real one, with
 * the URL in `mf-url` and each header `x` as `mf-header-x`.
 */
export async function serveUpstream(handler: UpstreamHandler): Promise<LoopbackServer> {
  const server = createServer((incoming, outgoing) => {
    answer(handler, incoming, outgoing).catch((error: unknown) => outgoing.destroy(asError(error)));
  });
  // A read of a property of the binding asks for a WebSocket that would proxy it; without one it is a local property.
  server.on("upgrade", (_request, socket) => socket.end("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server listens on no port.");
  return {
    url: new URL(`http://127.0.0.1:${address.port}/`),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function answer(handler: UpstreamHandler, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const abort = new AbortController();
  outgoing.on("close", () => {
    if (!outgoing.writableFinished) abort.abort();
  });
  const response = await handler(await toRequest(incoming, abort.signal));
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.flushHeaders();
  if (response.body !== null) await pump(response.body, outgoing, abort.signal);
  outgoing.end();
}

async function toRequest(incoming: IncomingMessage, signal: AbortSignal): Promise<Request> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    const original = name.startsWith("mf-header-") ? name.slice("mf-header-".length) : undefined;
    if (original !== undefined && typeof value === "string") headers.set(original, value);
  }
  const method = incoming.method ?? "GET";
  const url = incoming.headers["mf-url"];
  if (typeof url !== "string") throw new Error("Miniflare named no URL.");
  const body = method === "GET" ? null : await readBody(incoming);
  return new Request(url, { method, headers, body, signal });
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  incoming.setEncoding("utf8");
  let text = "";
  for await (const part of incoming) text += String(part);
  return text;
}

/** Writes as fast as the reader reads, and cancels the body, also within a pending read, when the reader has gone. */
async function pump(body: ReadableStream<Uint8Array>, outgoing: ServerResponse, signal: AbortSignal): Promise<void> {
  const reader = body.getReader();
  signal.addEventListener("abort", () => void reader.cancel(signal.reason));
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (!outgoing.write(part.value) && !signal.aborted) await once(outgoing, "drain", { signal });
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
