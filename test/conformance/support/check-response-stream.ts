import { isRecord } from "../../../src/json.ts";
import type { JsonRecord } from "../../../src/json.ts";
import { findViolations, publishedSchema } from "../../support/published-schemas.ts";

export interface ResponseStreamReport {
  /** Everything in which the stream differs from what is documented; empty for a good stream. */
  readonly problems: readonly string[];
  readonly events: readonly JsonRecord[];
  /** The response of the last event. */
  readonly response: JsonRecord;
}

/**
 * Checks the raw text of a streamed response: its records, their order and numbers, each event against the schema of
 * OpenAI and of Open Responses, the life of each item, and the last response against what the events told.
 */
export function checkResponseStream(text: string): ResponseStreamReport {
  const problems: string[] = [];
  const events = readEvents(text, problems);
  const items: ItemState[] = [];
  for (const [number, event] of events.entries()) {
    if (event["sequence_number"] !== number)
      problems.push(`event ${number} has the number ${String(event["sequence_number"])}`);
    problems.push(...findSchemaProblems(event).map((problem) => `event ${number}: ${problem}`));
    problems.push(...addEvent(items, event).map((problem) => `event ${number}: ${problem}`));
  }
  const types = events.map(({ type }) => String(type));
  if (types[0] !== "response.created" || types[1] !== "response.in_progress")
    problems.push("it does not begin as documented");
  const last = events.at(-1) ?? {};
  const response = isRecord(last["response"]) ? last["response"] : {};
  const ends = ["response.completed", "response.incomplete", "response.failed"];
  if (types.filter((type) => ends.includes(type)).length !== 1 || !ends.includes(types.at(-1) ?? "")) {
    problems.push("it does not end with the one event that ends a response");
  }
  if (`response.${String(response["status"])}` !== last["type"])
    problems.push("the status is not that of the last event");
  problems.push(...endProblems(items, last["type"], response["output"]));
  return { problems, events, response };
}

function readEvents(text: string, problems: string[]): JsonRecord[] {
  const records = text.split("\n\n");
  if (records.pop() !== "") problems.push("the stream does not end with an empty line");
  if (records.pop() !== "data: [DONE]") problems.push("the last record is not [DONE]");
  return records.flatMap((record, position) => {
    const [, name, data = ""] = /^event: (\S+)\ndata: (\{[^\n\r]*\})$/.exec(record) ?? [];
    const event: unknown = name === undefined ? undefined : JSON.parse(data);
    if (isRecord(event) && event["type"] === name) return [event];
    problems.push(`record ${position} is no event with its data: ${JSON.stringify(record.slice(0, 120))}`);
    return [];
  });
}

/** Where an event is described, by OpenAI and by Open Responses, which knows neither custom tools nor namespaces. */
const schemaNames: Readonly<Record<string, readonly [string, string?]>> = {
  "response.created": ["ResponseCreatedEvent", "ResponseCreatedStreamingEvent"],
  "response.in_progress": ["ResponseInProgressEvent", "ResponseInProgressStreamingEvent"],
  "response.completed": ["ResponseCompletedEvent", "ResponseCompletedStreamingEvent"],
  "response.incomplete": ["ResponseIncompleteEvent", "ResponseIncompleteStreamingEvent"],
  "response.failed": ["ResponseFailedEvent", "ResponseFailedStreamingEvent"],
  "response.output_item.added": ["ResponseOutputItemAddedEvent", "ResponseOutputItemAddedStreamingEvent"],
  "response.output_item.done": ["ResponseOutputItemDoneEvent", "ResponseOutputItemDoneStreamingEvent"],
  "response.content_part.added": ["ResponseContentPartAddedEvent", "ResponseContentPartAddedStreamingEvent"],
  "response.content_part.done": ["ResponseContentPartDoneEvent", "ResponseContentPartDoneStreamingEvent"],
  "response.output_text.delta": ["ResponseTextDeltaEvent", "ResponseOutputTextDeltaStreamingEvent"],
  "response.output_text.done": ["ResponseTextDoneEvent", "ResponseOutputTextDoneStreamingEvent"],
  "response.function_call_arguments.delta": [
    "ResponseFunctionCallArgumentsDeltaEvent",
    "ResponseFunctionCallArgumentsDeltaStreamingEvent",
  ],
  "response.function_call_arguments.done": [
    "ResponseFunctionCallArgumentsDoneEvent",
    "ResponseFunctionCallArgumentsDoneStreamingEvent",
  ],
  "response.reasoning_text.delta": ["ResponseReasoningTextDeltaEvent", "ResponseReasoningDeltaStreamingEvent"],
  "response.reasoning_text.done": ["ResponseReasoningTextDoneEvent", "ResponseReasoningDoneStreamingEvent"],
  "response.custom_tool_call_input.delta": ["ResponseCustomToolCallInputDeltaEvent"],
  "response.custom_tool_call_input.done": ["ResponseCustomToolCallInputDoneEvent"],
  error: ["ResponseErrorEvent", "ErrorStreamingEvent"],
};

/** The one difference between the two: what Open Responses calls the text of reasoning, OpenAI's client refuses. */
const openNames: Readonly<Record<string, string>> = {
  "response.reasoning_text.delta": "response.reasoning.delta",
  "response.reasoning_text.done": "response.reasoning.done",
};

function findSchemaProblems(event: JsonRecord): readonly string[] {
  const names = schemaNames[String(event["type"])];
  if (names === undefined) return [`events of the type ${String(event["type"])} are not known`];
  const [openai, openResponses] = names;
  // Custom tools and namespaces are no part of Open Responses.
  const isForeign = /"type":"(?:custom|namespace)/.test(JSON.stringify(event));
  const openEvent = { ...event, type: openNames[String(event["type"])] ?? event["type"] };
  return [
    ...findViolations(event, publishedSchema(`responses/${openai}`)),
    ...(openResponses === undefined || isForeign
      ? []
      : findViolations(openEvent, publishedSchema(`open-responses/${openResponses}`))),
  ];
}

interface ItemState {
  readonly id: unknown;
  readonly type: unknown;
  hasPart: boolean;
  isPartDone: boolean;
  text: string;
  /** The item as it was done. */
  done: JsonRecord | undefined;
}

/** The life of items: added, a part or deltas, done, one after another. */
function addEvent(items: ItemState[], event: JsonRecord): string[] {
  const { type, output_index: index, item, item_id: id, delta } = event;
  if (type === "response.output_item.added") {
    if (!isRecord(item)) return ["there is no item"];
    const problems = index === items.length ? [] : [`item ${String(index)} is out of order`];
    if (items.some(({ done }) => done === undefined)) problems.push("an item begins before the last is done");
    if (items.some((other) => other.id === item["id"])) problems.push("two items share an id");
    items.push({ id: item["id"], type: item["type"], hasPart: false, isPartDone: false, text: "", done: undefined });
    return problems;
  }
  if (typeof index !== "number") return [];
  const state = items[index];
  if (state === undefined || state !== items.at(-1) || state.done !== undefined) return ["it is about no open item"];
  if (type === "response.output_item.done") {
    state.done = isRecord(item) ? item : {};
    const problems = state.done["id"] === state.id && state.done["type"] === state.type ? [] : ["another item is done"];
    if (state.hasPart && !state.isPartDone) problems.push("an item is done before its part");
    if (textOf(state.done) !== state.text) problems.push("the item is not what its deltas told");
    return problems;
  }
  const problems = id === state.id ? [] : ["its item_id is not that of the item"];
  if (type === "response.content_part.added") state.hasPart = true;
  else if (type === "response.content_part.done") state.isPartDone = true;
  else if (typeof delta === "string") {
    const needsPart = state.type === "message" || state.type === "reasoning";
    if (needsPart && !state.hasPart) problems.push("a delta comes before its part");
    state.text += delta;
  }
  return problems;
}

function textOf(item: JsonRecord): unknown {
  const { content, arguments: text, input } = item;
  if (!Array.isArray(content)) return text ?? input;
  return content.map((part: unknown) => (isRecord(part) ? part["text"] : "")).join("");
}

function endProblems(items: readonly ItemState[], lastType: unknown, output: unknown): string[] {
  // What had not come to its end when the response failed is in its output all the same.
  const done = items.flatMap(({ done: item }) => (item === undefined ? [] : [item]));
  const shown: readonly unknown[] = Array.isArray(output) ? output : [];
  const problems: string[] = [];
  if (lastType !== "response.failed" && done.length < items.length) problems.push("an item is not done");
  if (shown.length !== items.length) problems.push("the output has not the items that were added");
  if (JSON.stringify(shown.slice(0, done.length)) !== JSON.stringify(done))
    problems.push("the output differs from its items");
  const incomplete = shown.findIndex((item) => isRecord(item) && item["status"] === "incomplete");
  if (incomplete !== -1 && incomplete < shown.length - 1) problems.push("an incomplete item is not the last");
  return problems;
}
