import { Agent, request } from "node:http";

/** One answer as a client saw it. Times are milliseconds from the moment the request was made. */
export interface ClientAnswer {
  readonly status: number;
  readonly body: Buffer;
  readonly firstByteMs: number;
  readonly totalMs: number;
}

/** What is sent, to whom. */
export interface ClientRequest {
  readonly port: number;
  readonly path: string;
  readonly body: Buffer;
  /** POST unless given. */
  readonly method?: "GET" | "POST";
}

export const API_KEY = "sk-bench";

export interface Client {
  send(message: ClientRequest): Promise<ClientAnswer>;
  close(): void;
}

/** A client with so many connections, which stay open between its requests. */
export function createClient(connections: number): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return {
    send: (message) => send(agent, message),
    close: () => agent.destroy(),
  };
}

/** A request that is answered in longer than this is stuck. */
const STUCK_MS = 60_000;

function send(agent: Agent, { port, path, body, method = "POST" }: ClientRequest): Promise<ClientAnswer> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const headers = {
      authorization: `Bearer ${API_KEY}`,
      "content-type": "application/json",
      "content-length": body.length,
    };
    const outgoing = request({ agent, host: "127.0.0.1", port, path, method, headers }, (incoming) => {
      const parts: Buffer[] = [];
      let firstByteMs = 0;
      incoming.on("data", (part: Buffer) => {
        if (parts.length === 0) firstByteMs = performance.now() - startedAt;
        parts.push(part);
      });
      incoming.on("error", reject);
      incoming.on("end", () => {
        const totalMs = performance.now() - startedAt;
        resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(parts), firstByteMs, totalMs });
      });
    });
    outgoing.setTimeout(STUCK_MS, () => outgoing.destroy(new Error(`No answer within ${STUCK_MS} ms.`)));
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
