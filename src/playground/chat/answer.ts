import { isRecord } from "../../json.ts";
import type { Failure } from "../api/failure.ts";
import type { ApiRequest } from "./request.ts";
import type { Medium } from "./task-result.ts";

/** An answer as far as it has come. `waiting` until the first token, then `streaming` until it ends in one of three ways. */
export interface Answer {
  readonly request: ApiRequest;
  state: "waiting" | "streaming" | "done" | "stopped" | "failed";
  text: string;
  reasoning: string;
  toolCalls: ToolCall[];
  /** What a model that does not chat has made. */
  media: Medium[];
  finishReason: string | undefined;
  usage: Usage | undefined;
  failure: Failure | undefined;
  /** From the headers of the answer. */
  from: AnswerHeaders;
  /** Milliseconds since the request was sent. */
  firstTokenAfter: number | undefined;
  endedAfter: number | undefined;
}

export interface ToolCall {
  id: string;
  name: string;
  arguments: string;
}

export interface Usage {
  readonly prompt: number;
  readonly completion: number;
  readonly cached: number;
  readonly reasoning: number;
  /** US dollars, where the gateway itself has said what the answer costs. */
  readonly cost: number | undefined;
}

export interface AnswerHeaders {
  readonly requestId?: string | undefined;
  /** The model that answered. */
  readonly model?: string | undefined;
  readonly attempts?: string | undefined;
  /** What became of the parameters that were not plainly honoured. */
  readonly parameters?: string | undefined;
  /** US dollars, where the answer is no stream. */
  readonly cost?: number | undefined;
}

export function createAnswer(request: ApiRequest): Answer {
  return {
    request,
    state: "waiting",
    text: "",
    reasoning: "",
    toolCalls: [],
    media: [],
    finishReason: undefined,
    usage: undefined,
    failure: undefined,
    from: {},
    firstTokenAfter: undefined,
    endedAfter: undefined,
  };
}

/** Whether everything is known of it: its state is settled a moment before its time is. */
export function isOver({ endedAfter }: Answer): boolean {
  return endedAfter !== undefined;
}

export function readHeaders(headers: Headers): AnswerHeaders {
  const text = (name: string): string | undefined => headers.get(name) ?? undefined;
  return {
    requestId: text("x-request-id"),
    model: text("x-flaregate-model"),
    attempts: text("x-flaregate-attempts"),
    parameters: text("x-flaregate-parameters"),
    cost: headers.has("x-flaregate-cost") ? Number(headers.get("x-flaregate-cost")) : undefined,
  };
}

/** Takes in a chunk of a stream. True where it brought something of the answer itself. */
export function addChunk(answer: Answer, chunk: unknown): boolean {
  return addChoice(answer, chunk, "delta");
}

/** Takes in a whole answer. */
export function addCompletion(answer: Answer, completion: unknown): void {
  addChoice(answer, completion, "message");
}

function addChoice(answer: Answer, value: unknown, member: "delta" | "message"): boolean {
  if (!isRecord(value)) return false;
  answer.usage = toUsage(value["usage"]) ?? answer.usage;
  const choices: readonly unknown[] = Array.isArray(value["choices"]) ? value["choices"] : [];
  const choice = choices.find((candidate) => isRecord(candidate) && (candidate["index"] ?? 0) === 0);
  if (!isRecord(choice)) return false;
  if (typeof choice["finish_reason"] === "string") answer.finishReason = choice["finish_reason"];
  const message = choice[member];
  if (!isRecord(message)) return false;
  const before = answer.text.length + answer.reasoning.length;
  answer.text += toText(message["content"]) + toText(message["refusal"]);
  answer.reasoning += toText(message["reasoning_content"] ?? message["reasoning"]);
  const hasCalls = addToolCalls(answer, message["tool_calls"]);
  return hasCalls || answer.text.length + answer.reasoning.length > before;
}

function addToolCalls(answer: Answer, calls: unknown): boolean {
  if (!Array.isArray(calls)) return false;
  for (const [position, call] of calls.entries()) {
    if (!isRecord(call)) continue;
    const index = typeof call["index"] === "number" ? call["index"] : position;
    // A custom tool's input is a text where a function's arguments are.
    const called = isRecord(call["function"]) ? call["function"] : isRecord(call["custom"]) ? call["custom"] : {};
    const known = (answer.toolCalls[index] ??= { id: "", name: "", arguments: "" });
    known.id ||= toText(call["id"]);
    known.name += toText(called["name"]);
    known.arguments += toText(called["arguments"]) + toText(called["input"]);
  }
  return calls.length > 0;
}

function toUsage(value: unknown): Usage | undefined {
  if (!isRecord(value)) return undefined;
  return {
    prompt: toCount(value, "prompt_tokens"),
    completion: toCount(value, "completion_tokens"),
    cached: toCount(value["prompt_tokens_details"], "cached_tokens"),
    reasoning: toCount(value["completion_tokens_details"], "reasoning_tokens"),
    cost: typeof value["cost"] === "number" ? value["cost"] : undefined,
  };
}

function toCount(details: unknown, name: string): number {
  const count = isRecord(details) ? details[name] : undefined;
  return typeof count === "number" ? count : 0;
}

function toText(value: unknown): string {
  return typeof value === "string" ? value : "";
}
