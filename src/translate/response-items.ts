import type {
  ResponseCustomToolCallItem,
  ResponseOutputItem,
  ResponseOutputText,
} from "openai/resources/responses/responses";
import type { TextDelta } from "../completion/event.ts";
import { isRecord, parseJson } from "../json.ts";
import { toCustomInput } from "./chat-tool-calls.ts";
import { toItemLogprobs } from "./logprobs.ts";
import type { ResponseEvents } from "./response-events.ts";
import type { ToolName } from "./tool-namespaces.ts";

/** An item of a response's output while it is being written. Its events are added as it grows. */
interface OpenItem {
  /** The item as it is by now. */
  show(status: ItemStatus): ResponseOutputItem;
  /** Ends it. `isCut` says that the answer ended in the middle of it. */
  close(isCut: boolean): ResponseOutputItem;
}

export interface OpenText extends OpenItem {
  readonly kind: "message" | "reasoning";
  add(delta: Pick<TextDelta, "text" | "logprobs" | "padding">): void;
}

export interface OpenCall extends OpenItem {
  readonly kind: "call";
  add(argumentsDelta: string): void;
}

type ItemStatus = "in_progress" | "completed" | "incomplete";

export function openMessage(events: ResponseEvents, output_index: number, includeObfuscation: boolean): OpenText {
  const item_id = events.createItemId("msg", output_index);
  const place = { item_id, output_index, content_index: 0 };
  const texts: string[] = [];
  const logprobs: unknown[] = [];

  function toPart(): ResponseOutputText {
    return { type: "output_text", annotations: [], logprobs: toItemLogprobs(logprobs), text: texts.join("") };
  }
  function show(status: ItemStatus, content = [toPart()]): ResponseOutputItem {
    return { id: item_id, type: "message", role: "assistant", status, content };
  }

  events.add({ type: "response.output_item.added", output_index, item: show("in_progress", []) });
  events.add({ type: "response.content_part.added", ...place, part: toPart() });
  const addDelta = events.around({ type: "response.output_text.delta", ...place, logprobs: [], delta: "" });
  return {
    kind: "message",
    add({ text, logprobs: entries, padding }) {
      texts.push(text);
      if (entries === undefined) {
        addDelta(JSON.stringify(text), includeObfuscation ? padding : undefined);
        return;
      }
      for (const entry of entries) logprobs.push(entry);
      const shown = toItemLogprobs(entries);
      events.add({ type: "response.output_text.delta", ...place, logprobs: shown, delta: text });
    },
    show,
    close(isCut) {
      const part = toPart();
      const { text, logprobs: shown = [] } = part;
      events.add({ type: "response.output_text.done", ...place, text, logprobs: shown });
      events.add({ type: "response.content_part.done", ...place, part });
      const item = show(isCut ? "incomplete" : "completed", [part]);
      events.add({ type: "response.output_item.done", output_index, item });
      return item;
    },
  };
}

export function openReasoning(events: ResponseEvents, output_index: number): OpenText {
  const item_id = events.createItemId("rs", output_index);
  const place = { item_id, output_index, content_index: 0 };
  const texts: string[] = [];

  function show(status: ItemStatus, isEmpty = false): ResponseOutputItem {
    const content = isEmpty ? [] : [{ type: "reasoning_text" as const, text: texts.join("") }];
    return { id: item_id, type: "reasoning", status, summary: [], content };
  }

  events.add({ type: "response.output_item.added", output_index, item: show("in_progress", true) });
  events.add({ type: "response.content_part.added", ...place, part: { type: "reasoning_text", text: "" } });
  const addDelta = events.around({ type: "response.reasoning_text.delta", ...place, delta: "" });
  return {
    kind: "reasoning",
    add({ text }) {
      texts.push(text);
      addDelta(JSON.stringify(text));
    },
    show,
    close(isCut) {
      const text = texts.join("");
      events.add({ type: "response.reasoning_text.done", ...place, text });
      events.add({ type: "response.content_part.done", ...place, part: { type: "reasoning_text", text } });
      const item = show(isCut ? "incomplete" : "completed");
      events.add({ type: "response.output_item.done", output_index, item });
      return item;
    },
  };
}

/** A call under the names by which the caller knows the tool. */
export interface NamedCall extends ToolName {
  readonly id: string;
}

export function openFunctionCall(events: ResponseEvents, output_index: number, call: NamedCall): OpenCall {
  const item_id = events.createItemId("fc", output_index);
  const { id: call_id, ...names } = call;
  const pieces: string[] = [];

  function show(status: ItemStatus): ResponseOutputItem {
    return { id: item_id, type: "function_call", status, call_id, ...names, arguments: pieces.join("") };
  }

  events.add({ type: "response.output_item.added", output_index, item: show("in_progress") });
  const addDelta = events.around({ type: "response.function_call_arguments.delta", item_id, output_index, delta: "" });
  return {
    kind: "call",
    add(argumentsDelta) {
      pieces.push(argumentsDelta);
      addDelta(JSON.stringify(argumentsDelta));
    },
    show,
    close(isCut) {
      const text = pieces.join("");
      const { name } = names;
      events.add({ type: "response.function_call_arguments.done", item_id, output_index, name, arguments: text });
      const item = show(toCallStatus(isCut, text));
      events.add({ type: "response.output_item.done", output_index, item });
      return item;
    },
  };
}

/** A call of a custom tool: its text is only known once the JSON around it is whole, so it comes in one delta. */
export function openCustomCall(events: ResponseEvents, output_index: number, call: NamedCall): OpenCall {
  const item_id = events.createItemId("ctc", output_index);
  const { id: call_id, ...names } = call;
  const pieces: string[] = [];

  function show(status: ItemStatus, input: string): ResponseCustomToolCallItem {
    return { id: item_id, type: "custom_tool_call", status, call_id, ...names, input };
  }

  events.add({ type: "response.output_item.added", output_index, item: show("in_progress", "") });
  return {
    kind: "call",
    add: (argumentsDelta) => void pieces.push(argumentsDelta),
    show: (status) => show(status, toCustomInput(pieces.join(""))),
    close(isCut) {
      const text = pieces.join("");
      const input = toCustomInput(text);
      const place = { item_id, output_index };
      events.add({ type: "response.custom_tool_call_input.delta", ...place, delta: input });
      events.add({ type: "response.custom_tool_call_input.done", ...place, input });
      const item = show(toCallStatus(isCut, text), input);
      events.add({ type: "response.output_item.done", output_index, item });
      return item;
    },
  };
}

/** An answer may be cut behind a call as well as inside it. */
function toCallStatus(isCut: boolean, argumentsJson: string): ItemStatus {
  return isCut && !isRecord(parseJson(argumentsJson)) ? "incomplete" : "completed";
}
