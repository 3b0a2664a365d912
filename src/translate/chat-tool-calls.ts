import type {
  ChatCompletionChunk,
  ChatCompletionMessage,
  ChatCompletionMessageToolCall,
} from "openai/resources/chat/completions";
import type { CollectedToolCall } from "../completion/collect.ts";
import type { ToolCallDelta, ToolCallEnd, ToolCallStart } from "../completion/event.ts";
import { isRecord, parseJson } from "../json.ts";
import { CUSTOM_INPUT } from "./tool-form.ts";
import type { ToolForm } from "./tool-form.ts";

type Delta = ChatCompletionChunk.Choice.Delta;

/** The members of a message that tell its calls; none where there are no calls. */
export function toCallMembers(
  calls: readonly CollectedToolCall[],
  form: ToolForm,
): Pick<ChatCompletionMessage, "tool_calls" | "function_call"> {
  const [first] = calls;
  if (first === undefined) return {};
  if (form.isLegacy) return { function_call: { name: first.name, arguments: first.arguments } };
  return { tool_calls: calls.map((call) => toToolCall(call, form)) };
}

function toToolCall({ id, name, arguments: text }: CollectedToolCall, form: ToolForm): ChatCompletionMessageToolCall {
  if (form.customTools.has(name)) return { id, type: "custom", custom: { name, input: toCustomInput(text) } };
  return { id, type: "function", function: { name, arguments: text } };
}

/** Writes the events of tool calls as deltas of a stream: the head of a call, then pieces without id, type or name. */
export interface ToolCallDeltas {
  toDelta(event: ToolCallStart | ToolCallDelta | ToolCallEnd): Delta | undefined;
}

export function createToolCallDeltas(form: ToolForm): ToolCallDeltas {
  /** Arguments of calls of custom tools, by index: their text is only known once the JSON around it is whole. */
  const held = new Map<number, string>();

  function toStart({ index, id, name }: ToolCallStart): Delta {
    if (form.isLegacy) return { function_call: { name, arguments: "" } };
    if (!form.customTools.has(name))
      return { tool_calls: [{ index, id, type: "function", function: { name, arguments: "" } }] };
    held.set(index, "");
    return { tool_calls: [{ index, id, type: "custom", custom: { name, input: "" } }] };
  }

  function toPiece({ index, argumentsDelta }: ToolCallDelta): Delta | undefined {
    if (form.isLegacy) return { function_call: { arguments: argumentsDelta } };
    const text = held.get(index);
    if (text === undefined) return { tool_calls: [{ index, function: { arguments: argumentsDelta } }] };
    held.set(index, text + argumentsDelta);
    return undefined;
  }

  return {
    toDelta(event) {
      switch (event.type) {
        case "tool-call-start":
          return toStart(event);
        case "tool-call-delta":
          return toPiece(event);
        case "tool-call-end": {
          const text = held.get(event.index);
          return text === undefined
            ? undefined
            : { tool_calls: [{ index: event.index, custom: { input: toCustomInput(text) } }] };
        }
        default:
          return event satisfies never;
      }
    },
  };
}

/** The text that a call of a custom tool carries: the one argument of the function that stood for the tool. */
export function toCustomInput(argumentsText: string): string {
  const value = parseJson(argumentsText);
  const input = isRecord(value) ? value[CUSTOM_INPUT] : undefined;
  // Arguments of another form are what the model wrote for an input, so they are the input.
  return typeof input === "string" ? input : argumentsText;
}
