import type {
  ResponseErrorEvent,
  ResponseFunctionCallArgumentsDoneEvent,
  ResponseStreamEvent,
} from "openai/resources/responses/responses";
import type { GatewayError } from "../errors.ts";
import { toErrorEnvelope } from "../openai/error-envelope.ts";
import type { ErrorEnvelope } from "../openai/error-envelope.ts";
import { createItemId } from "../openai/ids.ts";
import type { ItemPrefix } from "../openai/ids.ts";
import type { ResponseFrame, ResponseProgress } from "./response-resource.ts";

/** One event of a response's stream. Its place among them is its sequence number. */
export interface ResponseRecord {
  readonly type: string;
  /** The event as JSON text, its type and sequence number in it. */
  readonly data: string;
}

type WithoutNumber<Event> = Event extends unknown ? Omit<Event, "sequence_number"> : never;

type LifecycleType = Extract<ResponseStreamEvent, { response: unknown }>["type"];

/** Events of items and their parts. OpenAI's description requires a name that the client's types do not know. */
export type ItemEvent =
  | WithoutNumber<Exclude<ResponseStreamEvent, { response: unknown } | ResponseErrorEvent>>
  | (WithoutNumber<ResponseFunctionCallArgumentsDoneEvent> & { name: string });

type DeltaEvent = Extract<ItemEvent, { delta: string }>;

/** Numbers the events of one response and writes them as JSON. */
export interface ResponseEvents {
  /** The id of the item at that place of the output. */
  createItemId(prefix: ItemPrefix, outputIndex: number): string;
  add(event: ItemEvent): void;
  /** An event that shows the response as it is by now. */
  addLifecycle(type: LifecycleType, progress: ResponseProgress): void;
  addError(error: GatewayError): void;
  /**
   * A writer of events that differ in their delta only, which is given as JSON text: what stands around it is serialised
   * once. The events may carry `obfuscation`, a random text that keeps their size from telling the length of a token.
   */
  around(event: DeltaEvent): (delta: string, obfuscation?: string) => void;
  /** The events since the last call. */
  take(): readonly ResponseRecord[];
}

export function createResponseEvents(frame: ResponseFrame): ResponseEvents {
  const frameJson = JSON.stringify(frame).slice(0, -1);
  let records: ResponseRecord[] = [];
  let count = 0;

  /** `members` is JSON text that opens an object and leaves it open. */
  function push(type: string, members: string): void {
    records.push({ type, data: `${members},"sequence_number":${count}}` });
    count += 1;
  }

  return {
    createItemId: (prefix, outputIndex) => createItemId(prefix, frame.id, outputIndex),
    add: (event) => push(event.type, JSON.stringify(event).slice(0, -1)),
    addLifecycle(type, progress) {
      push(type, `{"type":"${type}","response":${frameJson},${JSON.stringify(progress).slice(1)}`);
    },
    addError(error) {
      const event = toErrorEvent(error);
      push(event.type, JSON.stringify(event).slice(0, -1));
    },
    around({ delta: _delta, ...event }) {
      const head = `${JSON.stringify(event).slice(0, -1)},"delta":`;
      return (delta, obfuscation) =>
        push(
          event.type,
          obfuscation === undefined ? head + delta : `${head}${delta},"obfuscation":${JSON.stringify(obfuscation)}`,
        );
    },
    take() {
      const taken = records;
      records = [];
      return taken;
    },
  };
}

/** OpenAI has the members of an error in the event itself, Open Responses in its `error`: both find them. */
function toErrorEvent(error: GatewayError): Omit<ResponseErrorEvent, "sequence_number"> & ErrorEnvelope {
  const envelope = toErrorEnvelope(error);
  const { code, message, param } = envelope.error;
  return { type: "error", code, message, param, ...envelope };
}
