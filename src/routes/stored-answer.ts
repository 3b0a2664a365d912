import type { GatewayContext } from "../env.ts";

/** Answers with JSON that was stored as text: it is not read only to be written again. */
export function answerStoredJson(c: GatewayContext, json: string): Response {
  return c.body(json, 200, { "content-type": "application/json" });
}

/** Answers with the records of an event stream. */
export function answerRecords(c: GatewayContext, body: ReadableStream<Uint8Array>): Response {
  return c.body(body, 200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" });
}
