import { arrayOf, isJsonObject, objectOf, stringOf, type JsonObject } from "../json-value.ts";

export type TurnRole = "system" | "user" | "assistant" | "tool";

export interface Turn {
  readonly role: TurnRole;
  readonly text: string;
  readonly images: number;
  readonly toolCalls: readonly PastToolCall[];
  /** On a tool's turn: the call it answers, and the tool's name where the message gives it. */
  readonly toolCallId: string | undefined;
  readonly name: string | undefined;
}

export interface PastToolCall {
  readonly id: string | undefined;
  readonly name: string;
  /** JSON text, as it was sent. */
  readonly arguments: string;
}

/** What a model is asked: a conversation, or a text to go on from. */
export interface Conversation {
  readonly turns: readonly Turn[];
  /** Set when the inputs hold a bare `prompt`. */
  readonly prompt: string | undefined;
  /** A last message that only complains of the answer before it. */
  readonly reminder?: string;
}

/** Reads messages, a prompt, or the `input` of the Responses form. Tolerant: what is not understood is left out. */
export function parseConversation(inputs: JsonObject): Conversation {
  if (Array.isArray(inputs.messages)) return { turns: inputs.messages.map(parseMessage), prompt: undefined };
  const prompt = stringOf(inputs.prompt);
  if (prompt !== undefined) return { turns: [turn("user", prompt)], prompt };
  const instructions = stringOf(inputs.instructions);
  const before = instructions === undefined ? [] : [turn("system", instructions)];
  const input =
    typeof inputs.input === "string" ? [turn("user", inputs.input)] : arrayOf(inputs.input).map(parseMessage);
  return { turns: [...before, ...input], prompt: undefined };
}

/** The last thing that the user said, and the turns after it. */
export function lastUserTurn(conversation: Conversation): {
  readonly user: Turn | undefined;
  readonly after: readonly Turn[];
} {
  const index = conversation.turns.findLastIndex(({ role }) => role === "user");
  return { user: conversation.turns[index], after: conversation.turns.slice(index + 1) };
}

/** Every word of a conversation, for counting tokens. */
export function conversationText(conversation: Conversation): string {
  return conversation.turns
    .map(({ role, text, toolCalls }) =>
      [role, text, ...toolCalls.map((call) => `${call.name}(${call.arguments})`)].join("\n"),
    )
    .join("\n");
}

function parseMessage(message: unknown): Turn {
  const fields = objectOf(message);
  if (fields.type === "function_call") {
    return { ...turn("assistant", ""), toolCalls: parseToolCalls([{ ...fields, id: fields.call_id }]) };
  }
  if (fields.type === "function_call_output") {
    return { ...turn("tool", contentText(fields.output)), toolCallId: stringOf(fields.call_id) };
  }
  return {
    role: toRole(fields.role),
    text: contentText(fields.content),
    images: arrayOf(fields.content).filter((part) => /image/.test(String(objectOf(part).type))).length,
    toolCalls: parseToolCalls(fields.tool_calls),
    toolCallId: stringOf(fields.tool_call_id),
    name: stringOf(fields.name),
  };
}

function parseToolCalls(calls: unknown): readonly PastToolCall[] {
  return arrayOf(calls).flatMap((call) => {
    const fields = objectOf(call);
    const target = isJsonObject(fields.function) ? fields.function : fields;
    const name = stringOf(target.name);
    if (name === undefined) return [];
    const written = typeof target.arguments === "string" ? target.arguments : JSON.stringify(target.arguments ?? {});
    return [{ id: stringOf(fields.id), name, arguments: written }];
  });
}

function toRole(role: unknown): TurnRole {
  switch (role) {
    case "assistant":
    case "tool":
    case "system":
      return role;
    case "developer":
      return "system";
    case "function":
      return "tool";
    default:
      return "user";
  }
}

function contentText(content: unknown): string {
  if (typeof content === "string") return content;
  return arrayOf(content)
    .map((part) => stringOf(part) ?? stringOf(objectOf(part).text) ?? "")
    .join("\n");
}

function turn(role: TurnRole, text: string): Turn {
  return { role, text, images: 0, toolCalls: [], toolCallId: undefined, name: undefined };
}
