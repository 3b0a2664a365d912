import type { Completion } from "../completion/collect.ts";
import type { CompletionEvent } from "../completion/event.ts";
import { isRecord, parseJson } from "../json.ts";
import type { JsonRecord } from "../json.ts";
import type { AnswerRequirement, AnswerVerdict, ModelCall } from "./inputs.ts";
import type { SettledJson } from "./response-format.ts";
import type { OfferedTool } from "./tool-offer.ts";

/** Text of an answer that was read whole is given on in pieces of this length, so that a stream stays one. */
const PIECE_LENGTH = 64;

/** The same call again, with the answer it got and what was wrong with it behind the conversation. */
function askAgain(call: ModelCall, answer: Completion, request: string): ModelCall {
  const messages = readMessages(call);
  const said = answer.text === "" ? [] : [{ role: "assistant", content: answer.text }];
  return { ...call, inputs: { ...call.inputs, messages: [...messages, ...said, { role: "user", content: request }] } };
}

function readMessages(call: ModelCall): readonly unknown[] {
  const { messages } = call.inputs;
  return Array.isArray(messages) ? messages : [];
}

/** An answer that has to be JSON, and may have to follow a schema. */
export function requireJson(call: ModelCall, settle: (text: string) => SettledJson): AnswerRequirement {
  return {
    check(answer) {
      // A tool call is no answer yet; one that was cut or filtered says so by its finish reason.
      if (answer.toolCalls.length > 0 || answer.finishReason !== "stop") return { isMet: true };
      const settled = settle(answer.text);
      if ("problem" in settled) return { isMet: false, problem: settled.problem };
      // Log probabilities belong to the model's own events.
      if (settled.text === answer.text && answer.logprobs !== undefined) return { isMet: true };
      return { isMet: true, events: [...toReasoning(answer), ...toPieces(settled.text), ...toEnd(answer, "stop")] };
    },
    repair(answer, problem) {
      return askAgain(
        call,
        answer,
        `That answer is not valid: ${problem}. Answer again, only with the corrected JSON.`,
      );
    },
    failure: { kind: "json_mode_failed", message: "The model's answer did not meet the requested JSON format." },
  };
}

/**
 * An answer that has to be a tool call. The second try forces it: in the model's JSON mode the call itself becomes the
 * answer. A model without that mode is asked once more, in words.
 */
export function requireToolCall(
  call: ModelCall,
  tools: readonly OfferedTool[],
  toFormat: ((schema: JsonRecord) => JsonRecord) | undefined,
): AnswerRequirement {
  const failure = {
    kind: "upstream_failed",
    message: "The model did not call a tool, although the request requires it.",
  } as const;
  return {
    check: checkToolCall,
    failure,
    repair(answer) {
      const again = askAgain(call, answer, "Do not answer in text. Call one of the functions now.");
      return toFormat === undefined ? again : forceThroughJson(again, tools, toFormat, failure);
    },
  };
}

function checkToolCall(answer: Completion): AnswerVerdict {
  const isMet = answer.toolCalls.length > 0 || answer.finishReason !== "stop";
  return isMet ? { isMet } : { isMet, problem: "no function was called" };
}

function forceThroughJson(
  call: ModelCall,
  tools: readonly OfferedTool[],
  toFormat: (schema: JsonRecord) => JsonRecord,
  failure: AnswerRequirement["failure"],
): ModelCall {
  const { tools: _tools, tool_choice: _choice, parallel_tool_calls: _parallel, ...inputs } = call.inputs;
  const messages = readMessages(call);
  const ask = `Choose the function to call and its arguments. The functions:\n${JSON.stringify(tools)}`;
  const schema = {
    type: "object",
    properties: { name: { type: "string", enum: tools.map(({ name }) => name) }, arguments: toArgumentsSchema(tools) },
    required: ["name", "arguments"],
  };
  const requirement: AnswerRequirement = {
    check(answer, mintToolCallId) {
      const value = parseJson(answer.text);
      const name = isRecord(value) ? value["name"] : undefined;
      if (!isRecord(value) || !isRecord(value["arguments"]) || !tools.some((tool) => tool.name === name)) {
        return { isMet: false, problem: "it is no call of one of the functions" };
      }
      const events = toToolCall(mintToolCallId(), String(name), JSON.stringify(value["arguments"]));
      return { isMet: true, events: [...toReasoning(answer), ...events, ...toEnd(answer, "tool_calls")] };
    },
    repair: () => call,
    failure,
  };
  return {
    ...call,
    inputs: {
      ...inputs,
      messages: [...messages, { role: "user", content: ask }],
      response_format: toFormat(schema),
      stream: false,
    },
    // The call is the answer now; nothing in its text is a call by accident.
    salvage: undefined,
    requirement,
  };
}

/** One function's own parameters; where there are several, whichever it will be. */
function toArgumentsSchema(tools: readonly OfferedTool[]): JsonRecord {
  const [only] = tools;
  return only !== undefined && tools.length === 1 ? only.parameters : { type: "object" };
}

function toToolCall(id: string, name: string, argumentsDelta: string): CompletionEvent[] {
  return [
    { type: "tool-call-start", index: 0, id, name },
    { type: "tool-call-delta", index: 0, argumentsDelta },
    { type: "tool-call-end", index: 0 },
  ];
}

function toReasoning(answer: Completion): CompletionEvent[] {
  return answer.reasoning === "" ? [] : [{ type: "reasoning-delta", text: answer.reasoning }];
}

function toEnd(answer: Completion, reason: "stop" | "tool_calls"): CompletionEvent[] {
  const usage: CompletionEvent[] = answer.usage === undefined ? [] : [{ type: "usage", usage: answer.usage }];
  return [...usage, { type: "finish", reason }];
}

/** Whole characters only: a piece that ended between the halves of a surrogate pair would not be valid text. */
function toPieces(text: string): CompletionEvent[] {
  const pieces: CompletionEvent[] = [];
  for (let start = 0; start < text.length;) {
    let end = Math.min(text.length, start + PIECE_LENGTH);
    const last = text.charCodeAt(end - 1);
    if (end < text.length && last >= 0xd800 && last < 0xdc00) end += 1;
    pieces.push({ type: "text-delta", text: text.slice(start, end) });
    start = end;
  }
  return pieces;
}
