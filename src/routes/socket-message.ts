import type * as z from "zod/mini";
import { object } from "../config/reader.ts";
import { GatewayError } from "../errors.ts";
import { isRecord, parseJson } from "../json.ts";
import type { JsonRecord } from "../json.ts";
import { toRequestError } from "../openai/request-error.ts";
import { responsesRequest } from "../openai/responses-request.ts";
import type { ResponsesRequest } from "../openai/responses-request.ts";
import { boolean, matching, optional } from "../openai/schema.ts";
import type { ResponseRecord } from "../translate/response-events.ts";
import { refuseUnboundedJson } from "./json-bounds.ts";

/** A message of the client's, of which no more is known than that it is JSON. */
interface SocketMessage {
  readonly value: JsonRecord;
  /** The lane that it came on, whose name each event of its answer repeats. */
  readonly streamId: string | undefined;
}

/** A request that came as a message. */
interface SocketRequest {
  readonly request: ResponsesRequest;
  /** False where the request only prepares the one that continues it. */
  readonly generate: boolean;
}

const EVENT_TYPE = "response.create";

/** What OpenAI's client takes for the name of a lane. */
const socketEnvelope = object({
  stream_id: optional(matching(/^[\w.-]{1,256}$/, "1 to 256 letters, digits, underscores, dots or dashes")),
});

const socketRequest = object({ ...responsesRequest.shape, generate: optional(boolean) });

/** Throws a `GatewayError` for what is no JSON object, or names no lane where it should. */
export function readSocketMessage(message: unknown, maxBytes: number): SocketMessage {
  if (typeof message !== "string") throw new GatewayError("invalid_request", "A message has to be text, not bytes.");
  if (new TextEncoder().encode(message).length > maxBytes) {
    throw new GatewayError("body_too_large", `The message is larger than ${maxBytes} bytes.`);
  }
  refuseUnboundedJson(message);
  const value = parseJson(message);
  if (!isRecord(value)) throw new GatewayError("invalid_request", "A message has to be a JSON object.");
  return { value, streamId: parse(socketEnvelope, value).stream_id };
}

/**
 * The request in a message of a client's. `stream` and its options mean nothing here; a response in the background has
 * its own ways to be read. Throws a `GatewayError` that names the first member that is wrong.
 */
export function parseSocketRequest({ value }: SocketMessage): SocketRequest {
  if (value["type"] !== EVENT_TYPE) {
    const text = `Invalid value for 'type': the events that this gateway knows are '${EVENT_TYPE}'.`;
    throw new GatewayError("invalid_value", text, { param: "type" });
  }
  const { generate = true, ...request } = parse(socketRequest, value);
  if (request.background === true) {
    const text = "Unsupported parameter: 'background' cannot be used over a WebSocket.";
    throw new GatewayError("unsupported_parameter", text, { param: "background" });
  }
  return { request: { ...request, stream: true }, generate };
}

function parse<Schema extends z.ZodMiniType>(schema: Schema, value: JsonRecord): z.output<Schema> {
  const result = schema.safeParse(value, { reportInput: true });
  if (!result.success) throw toRequestError(result.error.issues);
  return result.data;
}

/**
 * Event by event, and one that ends each response: here `error` is an end of its own, so of a response that fails only
 * `response.failed` is told, which holds the error as well.
 */
export function toSocketMessages(records: readonly ResponseRecord[], streamId: string | undefined): readonly string[] {
  const texts = withoutErrors(records);
  if (streamId === undefined) return texts;
  const end = `,"stream_id":${JSON.stringify(streamId)}}`;
  return texts.map((text) => text.slice(0, -1) + end);
}

function withoutErrors(records: readonly ResponseRecord[]): readonly string[] {
  const told = records.filter(({ type }) => type !== "error");
  if (told.length === records.length) return told.map(({ data }) => data);
  return told.map(({ data }) =>
    data.replace(/"sequence_number":(\d+)\}$/, (_, number) => `"sequence_number":${Number(number) - 1}}`),
  );
}
