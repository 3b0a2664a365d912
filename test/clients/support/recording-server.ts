import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";

export interface RecordedRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface RecordingServer {
  readonly origin: string;
  /** The last request that has arrived. */
  last(): RecordedRequest;
  close(): Promise<void>;
}

/** Something for each reader: a message, an embedding, an image. */
const ANSWER = {
  choices: [{ index: 0, message: { role: "assistant", content: "Hi" } }],
  data: [{ object: "embedding", index: 0, embedding: [0.5], b64_json: "AA==" }],
};

/** Keeps what it is sent, and gives every client something to read, streamed where that is asked for. */
export async function startRecordingServer(): Promise<RecordingServer> {
  let last: RecordedRequest | undefined;
  const server = createServer((incoming, outgoing) => {
    let body = "";
    incoming.setEncoding("utf8");
    incoming.on("data", (part: string) => (body += part));
    incoming.on("end", () => {
      last = { path: incoming.url ?? "", headers: incoming.headers, body };
      const isStream = body.includes('"stream":true') || body.includes('"stream": true');
      outgoing.setHeader("content-type", isStream ? "text/event-stream" : "application/json");
      outgoing.end(isStream ? "data: [DONE]\n\n" : JSON.stringify(ANSWER));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server listens on no port.");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    last() {
      if (last === undefined) throw new Error("Nothing has arrived.");
      return last;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
