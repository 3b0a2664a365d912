import { isRecord, parseJson } from "../../src/json.ts";
import type { JsonRecord } from "../../src/json.ts";
import type { ClientAnswer } from "./client.ts";
import type { ExpectedAnswer } from "./upstream-bodies.ts";

/** What is wrong with an answer; `undefined` where nothing is. A fast wrong answer is worth nothing. */
export function findFault(answer: ClientAnswer, expected: ExpectedAnswer, choices: number): string | undefined {
  if (answer.status !== 200) return `status ${answer.status}: ${answer.body.toString().slice(0, 200)}`;
  const text = answer.body.toString();
  return text.startsWith("{") ? findJsonFault(parseJson(text), expected) : findStreamFault(text, expected, choices);
}

function findJsonFault(body: unknown, expected: ExpectedAnswer): string | undefined {
  const choice = firstRecord(isRecord(body) ? body["choices"] : undefined);
  const message = isRecord(choice["message"]) ? choice["message"] : {};
  const isText = typeof choice["text"] === "string";
  if (!isText && message["role"] !== "assistant") return "no role";
  if ((isText ? choice["text"] : message["content"]) !== expected.text) return "another text";
  if (choice["finish_reason"] !== expected.finishReason) return `finish reason ${String(choice["finish_reason"])}`;
  return findUsageFault(isRecord(body) ? body["usage"] : undefined, expected, 1);
}

/** What the chunks of one choice said. */
interface ChoiceReading {
  text: string;
  argumentsText: string;
  roles: number;
  finishReasons: unknown[];
}

function findStreamFault(body: string, expected: ExpectedAnswer, choices: number): string | undefined {
  if (!body.endsWith("\n\n")) return "the stream was cut";
  const records = body.slice(0, -2).split("\n\n");
  if (records.pop() !== "data: [DONE]") return "no [DONE]";
  const readings = Array.from({ length: choices }, (): ChoiceReading => {
    return { text: "", argumentsText: "", roles: 0, finishReasons: [] };
  });
  let usage: unknown;
  let usages = 0;
  const isText = records[0]?.includes('"object":"text_completion"') === true;
  for (const record of records) {
    if (record.startsWith(":")) continue;
    const chunk = record.startsWith("data: ") ? parseJson(record.slice("data: ".length)) : undefined;
    if (!isRecord(chunk) || !Array.isArray(chunk["choices"])) return `no chunk: ${record.slice(0, 200)}`;
    if (isRecord(chunk["usage"])) {
      ({ usage } = chunk);
      usages += 1;
    }
    for (const choice of chunk["choices"]) if (isRecord(choice)) readChoice(choice, readings);
  }
  for (const [index, reading] of readings.entries()) {
    const fault = findChoiceFault(reading, expected, isText ? 0 : 1);
    if (fault !== undefined) return `choice ${index}: ${fault}`;
  }
  return usages === 1 ? findUsageFault(usage, expected, choices) : `${usages} usage chunks`;
}

function readChoice(choice: JsonRecord, readings: readonly ChoiceReading[]): void {
  const reading = readings[Number(choice["index"])];
  if (reading === undefined) return;
  if (choice["finish_reason"] !== null) reading.finishReasons.push(choice["finish_reason"]);
  const delta = isRecord(choice["delta"]) ? choice["delta"] : { content: choice["text"] };
  if (delta["role"] !== undefined) reading.roles += 1;
  if (typeof delta["content"] === "string") reading.text += delta["content"];
  const call = firstRecord(delta["tool_calls"])["function"];
  if (isRecord(call) && typeof call["arguments"] === "string") reading.argumentsText += call["arguments"];
}

function findChoiceFault(reading: ChoiceReading, expected: ExpectedAnswer, roles: 0 | 1): string | undefined {
  if (reading.text !== expected.text) return "another text";
  if (reading.argumentsText !== (expected.argumentsText ?? "")) return "other arguments";
  if (reading.roles !== roles) return `${reading.roles} roles`;
  if (reading.finishReasons.length !== 1) return `${reading.finishReasons.length} finish reasons`;
  const [reason] = reading.finishReasons;
  return reason === expected.finishReason ? undefined : `finish reason ${String(reason)}`;
}

/** OpenAI counts the prompt once for all choices, Workers AI once for each call; either is a sum that can be right. */
function findUsageFault(usage: unknown, expected: ExpectedAnswer, choices: number): string | undefined {
  if (!isRecord(usage)) return "no usage";
  return usage["completion_tokens"] === expected.completionTokens * choices ? undefined : "another usage";
}

function firstRecord(list: unknown): JsonRecord {
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  return isRecord(first) ? first : {};
}
