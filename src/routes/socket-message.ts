import * as z from "zod/mini";
import { GatewayError } from "../errors.ts";
import { isRecord, parseJson } from "../json.ts";
import { toRequestError } from "../openai/request-error.ts";
import { responsesRequest } from "../openai/responses-request.ts";
import type { ResponsesRequest } from "../openai/responses-request.ts";
import { optional } from "../openai/schema.ts";
import type { ResponseRecord } from "../translate/response-events.ts";
import { refuseUnboundedJson } from "./json-bounds.ts";

/** A request that came as a message. */
interface SocketRequest {
  readonly request: ResponsesRequest;
  /** False where the request only prepares the one that continues it. */
  readonly generate: boolean;
}

const EVENT_TYPE = "response.create";

const socketRequest = z.object({ ...responsesRequest.shape, generate: optional(z.boolean()) });

/**
 * The request in a message of a client's. `stream` and its options mean nothing here; a response in the background has
 * its own ways to be read. Throws a `GatewayError` that names the first member that is wrong.
 */
export function parseSocketMessage(message: unknown, maxBytes: number): SocketRequest {
  if (typeof message !== "string") throw new GatewayError("invalid_request", "A message has to be text, not bytes.");
  if (new TextEncoder().encode(message).length > maxBytes) {
    throw new GatewayError("body_too_large", `The message is larger than ${maxBytes} bytes.`);
  }
  refuseUnboundedJson(message);
  const value = parseJson(message);
  if (!isRecord(value)) throw new GatewayError("invalid_request", "A message has to be a JSON object.");
  if (value["type"] !== EVENT_TYPE) {
    const text = `Invalid value for 'type': the events that this gateway knows are '${EVENT_TYPE}'.`;
    throw new GatewayError("invalid_value", text, { param: "type" });
  }
  const result = socketRequest.safeParse(value, { reportInput: true });
  if (!result.success) throw toRequestError(result.error.issues);
  const { generate = true, ...request } = result.data;
  if (request.background === true) {
    const text = "Unsupported parameter: 'background' cannot be used over a WebSocket.";
    throw new GatewayError("unsupported_parameter", text, { param: "background" });
  }
  return { request: { ...request, stream: true }, generate };
}

/**
 * Event by event, and one that ends each response: here `error` is an end of its own, so of a response that fails only
 * `response.failed` is told, which holds the error as well.
 */
export function toSocketMessages(records: readonly ResponseRecord[]): string[] {
  const told = records.filter(({ type }) => type !== "error");
  if (told.length === records.length) return told.map(({ data }) => data);
  return told.map(({ data }) =>
    data.replace(/"sequence_number":(\d+)\}$/, (_, number) => `"sequence_number":${Number(number) - 1}}`),
  );
}
