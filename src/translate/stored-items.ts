import type {
  ResponseInputImage,
  ResponseInputText,
  ResponseItem,
  ResponseOutputMessage,
} from "openai/resources/responses/responses";
import { createItemId } from "../openai/ids.ts";
import type { ItemPrefix } from "../openai/ids.ts";
import type { CallOutput, ContentPart, InputItem } from "../openai/responses-item.ts";

type MessageItem = Extract<InputItem, { type: "message" }>;
type InputPart = ResponseInputText | ResponseInputImage;
type OutputPart = ResponseOutputMessage["content"][number];

/**
 * The items of a request as they are kept and listed: in OpenAI's full form, whatever the client wrote, each with an id
 * of its own. Types of items that mean nothing here are left out, as they are for the model.
 */
export function toStoredItems(
  input: string | readonly InputItem[] | undefined,
  responseId: string,
): readonly ResponseItem[] {
  const seen = new Set<string>();
  return toItemList(input).flatMap((item, position) => {
    const prefix = prefixes[item.type];
    if (prefix === undefined) return [];
    // Lists are paged by ids, and clients may send an item twice.
    const isOwn = "id" in item && item.id !== undefined && !seen.has(item.id);
    const id = isOwn && item.id !== undefined ? item.id : createItemId(prefix, responseId, `i${position}`);
    seen.add(id);
    return toStoredItem(item, id);
  });
}

const prefixes: Readonly<Record<InputItem["type"], ItemPrefix | undefined>> = {
  message: "msg",
  function_call: "fc",
  function_call_output: "fco",
  custom_tool_call: "ctc",
  custom_tool_call_output: "ctco",
  reasoning: "rs",
  compaction: "cmp",
  item_reference: undefined,
  foreign: undefined,
};

/** An input as items: a text is what a user says. */
export function toItemList(input: string | readonly InputItem[] | undefined): readonly InputItem[] {
  if (typeof input !== "string") return input ?? [];
  return [{ type: "message", id: undefined, status: undefined, role: "user", content: input, phase: undefined }];
}

function toStoredItem(item: InputItem, id: string): ResponseItem[] {
  const status = toStatus("status" in item ? item.status : undefined);
  switch (item.type) {
    case "message":
      return [toStoredMessage(item, id, status)];
    case "function_call": {
      const { type, call_id, name, arguments: text } = item;
      return [{ id, type, status, call_id, name, arguments: text }];
    }
    case "custom_tool_call": {
      const { type, call_id, name, input } = item;
      return [{ id, type, status, call_id, name, input }];
    }
    case "function_call_output":
      return [{ id, type: item.type, status, call_id: item.call_id, output: toStoredOutput(item.output) }];
    case "custom_tool_call_output":
      return [{ id, type: item.type, status, call_id: item.call_id, output: toStoredOutput(item.output) }];
    case "reasoning": {
      const summary = (item.summary ?? []).map(({ text }) => ({ type: "summary_text" as const, text }));
      const content = (item.content ?? []).map(({ text }) => ({ type: "reasoning_text" as const, text }));
      const { encrypted_content } = item;
      return [
        {
          id,
          type: "reasoning",
          status,
          summary,
          content,
          ...(encrypted_content !== undefined && { encrypted_content }),
        },
      ];
    }
    case "compaction":
      return [{ id, type: "compaction", encrypted_content: item.encrypted_content }];
    case "item_reference":
    case "foreign":
      return [];
    default:
      return item satisfies never;
  }
}

type ItemStatus = "in_progress" | "completed" | "incomplete";

function toStatus(status: string | undefined): ItemStatus {
  return status === "in_progress" || status === "incomplete" ? status : "completed";
}

function toStoredMessage({ role, content, phase }: MessageItem, id: string, status: ItemStatus): ResponseItem {
  if (role !== "assistant") return { id, type: "message", role, status, content: toInputParts(content) };
  const message = { id, type: "message" as const, role, status, content: toOutputParts(content) };
  return phase === "commentary" || phase === "final_answer" ? { ...message, phase } : message;
}

function toStoredOutput(output: CallOutput): string | InputPart[] {
  return typeof output === "string" ? output : toInputParts(output);
}

/** Files and sound are refused before anything is stored. */
function toInputParts(content: string | readonly ContentPart[]): InputPart[] {
  if (typeof content === "string") return [{ type: "input_text", text: content }];
  return content.flatMap((part): InputPart[] => {
    if ("text" in part) return [{ type: "input_text", text: part.text }];
    if (part.type === "refusal") return [{ type: "input_text", text: part.refusal }];
    if (part.type !== "input_image") return [];
    return [{ type: "input_image", detail: toDetail(part.detail), image_url: part.image_url ?? null, file_id: null }];
  });
}

function toDetail(detail: string | undefined): ResponseInputImage["detail"] {
  return detail === "low" || detail === "high" || detail === "original" ? detail : "auto";
}

function toOutputParts(content: string | readonly ContentPart[]): OutputPart[] {
  if (typeof content === "string") return [toOutputText(content)];
  return content.flatMap((part): OutputPart[] => {
    if ("text" in part) return [toOutputText(part.text)];
    return part.type === "refusal" ? [{ type: "refusal", refusal: part.refusal }] : [];
  });
}

function toOutputText(text: string): OutputPart {
  return { type: "output_text", text, annotations: [], logprobs: [] };
}
