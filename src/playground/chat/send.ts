import { parseJson } from "../../json.ts";
import { createSseDecoder } from "../../stream/sse-decoder.ts";
import { toFailure, toSilentFailure, toStreamFailure } from "../api/failure.ts";
import { toFormData, toRequestForm } from "./request-form.ts";
import { addTaskResult, toRecording } from "./task-result.ts";
import { addChunk, addCompletion, readHeaders, type Answer } from "./answer.ts";

/** What sending needs of the world. */
export interface SendPorts {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Milliseconds, from any beginning. */
  readonly now: () => number;
  /** The headers that carry the key, if there is one. */
  readonly credentials: () => Readonly<Record<string, string>>;
}

/** Sends the request of `answer` and fills it in; `onChange` hears of each step. Never throws. */
export async function send(answer: Answer, ports: SendPorts, signal: AbortSignal, onChange: () => void): Promise<void> {
  const sentAt = ports.now();
  const elapsed = (): number => ports.now() - sentAt;
  try {
    await run(answer, ports, signal, () => {
      answer.firstTokenAfter ??= elapsed();
      answer.state = "streaming";
      onChange();
    });
  } catch (error) {
    if (signal.aborted) {
      answer.state = "stopped";
    } else {
      answer.state = "failed";
      const message = error instanceof Error ? error.message : String(error);
      answer.failure ??= toSilentFailure(`The connection to the gateway failed: ${message}`, answer.from.requestId);
    }
  }
  answer.endedAfter = elapsed();
  onChange();
}

async function run(answer: Answer, ports: SendPorts, signal: AbortSignal, onToken: () => void): Promise<void> {
  const { baseUrl, path, headers, body } = answer.request;
  const form = toRequestForm(answer.request);
  const response = await ports.fetch(`${baseUrl}${path}`, {
    method: "POST",
    // Of a form the browser names the type, which holds what separates its fields.
    headers: { ...(form === undefined && { "content-type": "application/json" }), ...ports.credentials(), ...headers },
    body: form === undefined ? JSON.stringify(body) : toFormData(form),
    signal,
  });
  answer.from = readHeaders(response.headers);
  if (!response.ok) {
    answer.failure = await toFailure(response);
    answer.state = "failed";
  } else if (body.stream === true && response.body !== null) {
    await readStream(answer, response.body, onToken);
  } else {
    await readWhole(answer, response);
    answer.state = "done";
  }
}

async function readWhole(answer: Answer, response: Response): Promise<void> {
  const contentType = response.headers.get("content-type") ?? "";
  if (!contentType.includes("json")) {
    answer.media.push(toRecording(new Uint8Array(await response.arrayBuffer()), contentType));
    return;
  }
  const result: unknown = await response.json();
  // Both hold a usage.
  addCompletion(answer, result);
  if (answer.request.path !== "/chat/completions") addTaskResult(answer, result);
}

async function readStream(answer: Answer, body: ReadableStream<Uint8Array>, onToken: () => void): Promise<void> {
  const decoder = createSseDecoder();
  const text = new TextDecoder();
  const reader = body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    for (const record of decoder.feed(part.value)) readRecord(answer, text.decode(record), onToken);
  }
  for (const record of decoder.end()) readRecord(answer, text.decode(record), onToken);
  if (answer.state === "done" || answer.state === "failed") return;
  answer.state = "failed";
  answer.failure = toSilentFailure("The stream ended before the answer did.", answer.from.requestId);
}

function readRecord(answer: Answer, record: string, onToken: () => void): void {
  if (answer.state === "done" || answer.state === "failed") return;
  if (record === "[DONE]") {
    answer.state = "done";
    return;
  }
  const chunk = parseJson(record);
  const failure = toStreamFailure(chunk, answer.from.requestId);
  if (failure !== undefined) {
    answer.failure = failure;
    answer.state = "failed";
  } else if (addChunk(answer, chunk)) {
    onToken();
  }
}
