import { readChunks } from "./stream-frame.ts";
import { chatChunk, isJsonObject, type ChatChunkChoice } from "./wire-schemas.ts";

export interface StreamedChoice {
  text: string;
  reasoning: string;
  readonly calls: { readonly id: string; readonly name: string; arguments: string }[];
  functionCall: { readonly name: string; arguments: string } | undefined;
  finishReason: string | undefined;
  hasRole: boolean;
}

export interface ChatStreamReport {
  /** Everything in which the stream differs from what OpenAI sends; empty for a good stream. */
  readonly problems: readonly string[];
  readonly choices: readonly StreamedChoice[];
  readonly totalTokens: number | undefined;
}

/** Checks the raw text of a streamed chat completion against the order and the shape that OpenAI documents. */
export function checkChatStream(text: string, { includeUsage = false } = {}): ChatStreamReport {
  const { chunks, problems } = readChunks(text, chatChunk, includeUsage);
  const choices: StreamedChoice[] = [];
  for (const chunk of chunks) {
    for (const choice of chunk.choices) {
      const state = (choices[choice.index] ??= newChoice());
      problems.push(...addChoice(state, choice).map((problem) => `choice ${choice.index}: ${problem}`));
    }
  }
  if (choices.length === 0) problems.push("no choice was streamed");
  for (let index = 0; index < choices.length; index += 1) {
    const choice = choices[index];
    if (choice === undefined) problems.push(`choice ${index} is missing`);
    else problems.push(...endChoice(choice).map((problem) => `choice ${index}: ${problem}`));
  }
  return { problems, choices, totalTokens: chunks.at(-1)?.usage?.total_tokens };
}

function newChoice(): StreamedChoice {
  return { text: "", reasoning: "", calls: [], functionCall: undefined, finishReason: undefined, hasRole: false };
}

function addChoice(state: StreamedChoice, { delta, finish_reason: finish }: ChatChunkChoice): string[] {
  const problems: string[] = [];
  if (state.finishReason !== undefined) problems.push("something follows the finish reason");
  if (finish !== null) {
    state.finishReason = finish;
    if (Object.keys(delta).length > 0) problems.push("the delta with the finish reason is not empty");
    if (!state.hasRole) problems.push("the finish comes before the role");
    return problems;
  }
  if (!state.hasRole) {
    state.hasRole = true;
    if (delta.role !== "assistant") problems.push("the first delta has no role");
    if (delta.content !== "" && delta.content !== null) problems.push("the first delta has no empty content");
    if (delta.refusal !== null) problems.push("the first delta has no refusal key");
    return problems;
  }
  if (delta.role !== undefined) problems.push("the role is sent twice");
  if (Object.keys(delta).length !== 1) problems.push(`a delta has the members [${Object.keys(delta).join(", ")}]`);
  if (delta.content === null) problems.push("content is null after the first delta");
  state.text += delta.content ?? "";
  state.reasoning += delta.reasoning_content ?? "";
  for (const call of delta.tool_calls ?? []) problems.push(...addToolCall(state, call));
  if (delta.function_call !== undefined) problems.push(...addFunctionCall(state, delta.function_call));
  return problems;
}

type ToolCallDelta = NonNullable<ChatChunkChoice["delta"]["tool_calls"]>[number];

/** Calls come one after another; the first delta of a call names it, the others bring arguments and nothing else. */
function addToolCall(state: StreamedChoice, call: ToolCallDelta): string[] {
  const { id, type, function: piece } = call;
  if (call.index === state.calls.length) {
    if (id === undefined || type === undefined || piece.name === undefined)
      return ["a tool call begins without a name"];
    state.calls.push({ id, name: piece.name, arguments: piece.arguments });
    return piece.arguments === "" ? [] : ["the first delta of a tool call brings arguments"];
  }
  if (call.index !== state.calls.length - 1) return [`tool call index ${call.index} is out of order`];
  const current = state.calls[call.index];
  if (current !== undefined) current.arguments += piece.arguments;
  const repeats = "id" in call || "type" in call || "name" in piece;
  return repeats ? ["a later delta of a tool call repeats its id, type or name"] : [];
}

function addFunctionCall(state: StreamedChoice, piece: { name?: string | undefined; arguments: string }): string[] {
  if (state.functionCall === undefined) {
    state.functionCall = { name: piece.name ?? "", arguments: piece.arguments };
    return piece.name === undefined || piece.arguments !== "" ? ["the function call does not begin with its name"] : [];
  }
  state.functionCall.arguments += piece.arguments;
  return "name" in piece ? ["a later delta of the function call repeats its name"] : [];
}

function endChoice(choice: StreamedChoice): string[] {
  const problems: string[] = [];
  const { finishReason, calls, functionCall } = choice;
  if (finishReason === undefined) problems.push("there is no finish reason");
  const called = functionCall === undefined ? calls : [...calls, functionCall];
  if (finishReason !== "length") {
    for (const call of called) if (!isJsonObject(call.arguments)) problems.push(`${call.name}: arguments are no JSON`);
  }
  if (new Set(calls.map(({ id }) => id)).size < calls.length) problems.push("two tool calls share an id");
  const expected = calls.length > 0 ? "tool_calls" : functionCall === undefined ? undefined : "function_call";
  if (finishReason === "stop" && expected !== undefined) problems.push("an answer with calls ends with stop");
  if (["tool_calls", "function_call"].includes(finishReason ?? "") && finishReason !== expected) {
    problems.push(`an answer without such a call ends with ${finishReason}`);
  }
  return problems;
}
