/**
 * Workers AI's place in a benchmark: a process that answers every run with a body that was made before, told by its
 * parent which one. It does nothing that depends on the request, so that all variants see the same upstream.
 */
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createUpstreamBody } from "./support/upstream-bodies.ts";
import type { UpstreamBody } from "./support/upstream-bodies.ts";

const RUN_PATH = /^\/(?:ai-gateway\/)?run\b/;

let pieces: readonly Buffer[] = [];
let contentType = "";
let paceMs = 0;
/** The whole body as HTTP sends it: one chunk of HTTP for each piece, which is what the runtime reads as one chunk. */
let framed = Buffer.alloc(0);

function prepare(body: UpstreamBody): void {
  ({ pieces } = createUpstreamBody(body));
  contentType = body.form === "json" ? "application/json" : "text/event-stream";
  paceMs = body.paceMs ?? 0;
  framed = Buffer.concat([
    ...pieces.flatMap((piece) => [Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from("\r\n")]),
    Buffer.from("0\r\n\r\n"),
  ]);
}

function answer(response: ServerResponse): void {
  if (contentType === "application/json") {
    const [body = Buffer.alloc(0)] = pieces;
    response.writeHead(200, { "content-type": contentType, "content-length": body.length });
    response.end(body);
    return;
  }
  response.writeHead(200, { "content-type": contentType, "transfer-encoding": "chunked" });
  if (paceMs > 0) {
    answerSlowly(response);
    return;
  }
  response.flushHeaders();
  response.chunkedEncoding = false;
  response.end(framed);
}

function answerSlowly(response: ServerResponse): void {
  let next = 0;
  const timer = setInterval(() => {
    const piece = pieces[next];
    next += 1;
    if (piece !== undefined) response.write(piece);
    if (next < pieces.length) return;
    clearInterval(timer);
    response.end();
  }, paceMs);
  response.on("close", () => clearInterval(timer));
}

function handle(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  request.on("end", () => {
    if (RUN_PATH.test(request.url ?? "")) answer(response);
    else response.writeHead(404).end();
  });
}

const server = createServer({ keepAliveTimeout: 120_000, noDelay: true }, handle);
server.listen(0, "127.0.0.1", () => process.send?.(server.address()));
process.on("message", (body: UpstreamBody) => {
  prepare(body);
  process.send?.("ready");
});
process.on("disconnect", () => process.exit(0));
