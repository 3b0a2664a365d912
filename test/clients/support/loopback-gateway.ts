import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { createInProcessGateway, type InProcessFetch } from "./in-process.ts";

export interface LoopbackGateway {
  readonly origin: string;
  close(): Promise<void>;
}

/** The app on a port of this machine, with the emulator and the key of `npm run dev`: for programs of their own. */
export async function serveGateway(): Promise<LoopbackGateway> {
  const { fetch } = createInProcessGateway({ vars: { API_KEYS: "test:sk-local" } });
  const server = createServer((incoming, outgoing) => {
    answer(fetch, incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server listens on no port.");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function answer(fetch: InProcessFetch, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) if (typeof value === "string") headers.set(name, value);
  const body = Buffer.concat(await incoming.toArray());
  const url = new URL(incoming.url ?? "/", "http://127.0.0.1");
  const response = await fetch(url, {
    method: incoming.method ?? "GET",
    headers,
    ...(body.length > 0 ? { body } : {}),
  });
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body === null) outgoing.end();
  else await pipeline(response.body, outgoing);
}
