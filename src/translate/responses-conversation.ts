import { GatewayError } from "../errors.ts";
import type { AssistantMessage, ChatMessage } from "../openai/chat-message.ts";
import type { CallOutput, InputItem } from "../openai/responses-item.ts";
import { readCompaction } from "./compaction.ts";
import { toAssistantText, toOutputImages, toOutputText, toSystemText, toUserContent } from "./responses-content.ts";
import { toOfferedName } from "./tool-namespaces.ts";

/** A conversation of items as messages of a chat. */
export interface Conversation {
  readonly messages: readonly ChatMessage[];
  /** Where in the request each message comes from, for errors: `input[3]`, `instructions`. */
  readonly places: readonly string[];
  /** Types of items that have no meaning to a model of Workers AI, and were left out. */
  readonly leftOut: readonly string[];
}

interface Call {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly isCustom: boolean;
  readonly place: string;
  readonly outputs: { readonly output: CallOutput; readonly place: string }[];
}

/** What an assistant said and called before somebody else spoke: several items, and one message of a chat. */
interface AssistantTurn {
  readonly role: "assistant";
  readonly place: string;
  readonly texts: string[];
  readonly reasoning: string[];
  readonly calls: Call[];
}

type Turn = AssistantTurn | { readonly role: "other"; readonly message: ChatMessage; readonly place: string };

/**
 * The messages of instructions, of items that came before, and of a request's own input, in this order. Items of the
 * assistant that follow each other become one message; results of calls stand behind the message that made them, where
 * models look for them. Throws where a call has no result or a result no call.
 */
export function toConversation(
  instructions: string | undefined,
  history: readonly InputItem[],
  input: string | readonly InputItem[] | undefined,
): Conversation {
  const turns = createTurns();
  if (instructions !== undefined)
    turns.say({ role: "developer", content: instructions, name: undefined }, "instructions");
  for (const item of history) turns.add(item, "previous_response_id");
  if (typeof input === "string") turns.say({ role: "user", content: input, name: undefined }, "input");
  else for (const [index, item] of (input ?? []).entries()) turns.add(item, `input[${index}]`);
  return turns.end();
}

interface Turns {
  add(item: InputItem, place: string): void;
  say(message: ChatMessage, place: string): void;
  end(): Conversation;
}

function createTurns(): Turns {
  const turns: Turn[] = [];
  /** The last call of each id: ids of other services repeat. */
  const calls = new Map<string, Call>();
  const leftOut = new Set<string>();

  function assistantTurn(place: string): AssistantTurn {
    const last = turns.at(-1);
    // A result closes what the assistant said: what comes behind it is said with the result known.
    if (last?.role === "assistant" && last.calls.every(({ outputs }) => outputs.length === 0)) return last;
    const turn: AssistantTurn = { role: "assistant", place, texts: [], reasoning: [], calls: [] };
    turns.push(turn);
    return turn;
  }

  function call(id: string, name: string, text: string, isCustom: boolean, place: string): void {
    const made: Call = { id, name, text, isCustom, place, outputs: [] };
    assistantTurn(place).calls.push(made);
    calls.set(id, made);
  }

  function answer(id: string, output: CallOutput, place: string): void {
    const made = calls.get(id);
    if (made === undefined) {
      const message = `No tool call found for function call output with call_id ${id.slice(0, 64)}.`;
      throw new GatewayError("invalid_request", message, { param: "input" });
    }
    made.outputs.push({ output, place });
  }

  function say(message: ChatMessage, place: string): void {
    turns.push({ role: "other", message, place });
  }

  function add(item: InputItem, place: string): void {
    switch (item.type) {
      case "message":
        if (item.role === "assistant") assistantTurn(place).texts.push(toAssistantText(item.content, place));
        else if (item.role === "user")
          say({ role: "user", content: toUserContent(item.content, place), name: undefined }, place);
        else say({ role: item.role, content: toSystemText(item.content, place), name: undefined }, place);
        break;
      case "function_call":
        call(item.call_id, toOfferedName(item), item.arguments, false, place);
        break;
      case "custom_tool_call":
        call(item.call_id, toOfferedName(item), item.input, true, place);
        break;
      case "function_call_output":
      case "custom_tool_call_output":
        answer(item.call_id, item.output, place);
        break;
      case "reasoning":
        // Summaries are another model's words on its reasoning, not the reasoning that this one would go on from.
        for (const { text } of item.content ?? []) assistantTurn(place).reasoning.push(text);
        break;
      case "compaction":
        say({ role: "user", content: readCompaction(item.encrypted_content, place), name: undefined }, place);
        break;
      case "item_reference": {
        const message = `Item with id '${item.id.slice(0, 64)}' not found.`;
        throw new GatewayError("invalid_value", message, { param: `${place}.id` });
      }
      case "foreign":
        leftOut.add(item.kind);
        break;
      default:
        item satisfies never;
    }
  }

  return { add, say, end: () => ({ ...toMessages(turns), leftOut: [...leftOut] }) };
}

function toMessages(turns: readonly Turn[]): Pick<Conversation, "messages" | "places"> {
  const messages: ChatMessage[] = [];
  const places: string[] = [];
  function push(message: ChatMessage, place: string): void {
    messages.push(message);
    places.push(place);
  }
  for (const turn of turns) {
    if (turn.role === "other") {
      push(turn.message, turn.place);
      continue;
    }
    // Reasoning that led to nothing, as that of a response which was cut, is no message.
    if (turn.texts.length === 0 && turn.calls.length === 0) continue;
    push(toAssistantMessage(turn), turn.place);
    const outputs = turn.calls.flatMap(({ id, outputs: own }) => own.map((output) => ({ id, ...output })));
    for (const { id, output, place } of outputs) {
      push({ role: "tool", tool_call_id: id, content: toOutputText(output) }, place);
    }
    // A tool's message holds text only; what a tool shows is shown by the user, behind all results.
    for (const { output, place } of outputs) {
      const images = toOutputImages(output, place);
      if (images.length > 0) push({ role: "user", content: images, name: undefined }, `${place}.output`);
    }
  }
  return { messages, places };
}

function toAssistantMessage({ texts, reasoning, calls }: AssistantTurn): AssistantMessage {
  const unanswered = calls.find(({ outputs }) => outputs.length === 0);
  if (unanswered !== undefined) {
    const message = `No tool output found for function call ${unanswered.id.slice(0, 64)}.`;
    throw new GatewayError("invalid_request", message, { param: "input" });
  }
  return {
    role: "assistant",
    content: texts.join("\n"),
    name: undefined,
    refusal: undefined,
    function_call: undefined,
    tool_calls: calls.length === 0 ? undefined : calls.map(toToolCall),
    reasoning_content: reasoning.length === 0 ? undefined : reasoning.join("\n"),
    reasoning: undefined,
  };
}

function toToolCall({ id, name, text, isCustom }: Call): NonNullable<AssistantMessage["tool_calls"]>[number] {
  if (isCustom) return { id, type: "custom", custom: { name, input: text } };
  return { id, type: "function", function: { name, arguments: text } };
}
