import { createItemId } from "../openai/ids.ts";
import type { ContentPart, InputItem } from "../openai/responses-item.ts";

/**
 * An item of a request as it is shown: with an id, and a message's content as parts. It can be sent again, and reads as
 * the item that it was made from.
 */
export type ShownItem = { readonly id: string; readonly type: string } & Readonly<Record<string, unknown>>;

/** The items of a request's input. Those without an id get one; those that mean nothing here are left out. */
export function toShownItems(input: string | readonly InputItem[] | undefined): readonly ShownItem[] {
  if (input === undefined) return [];
  if (typeof input !== "string") return input.flatMap((item) => toShownItem(item) ?? []);
  const content = [{ type: "input_text", text: input }];
  return [{ id: createItemId("msg"), type: "message", status: "completed", role: "user", content }];
}

function toShownItem(item: InputItem): ShownItem | undefined {
  switch (item.type) {
    case "message": {
      const { id = createItemId("msg"), status = "completed", role, content, phase } = item;
      const parts = toParts(content, role === "assistant" ? "output_text" : "input_text");
      return { id, type: item.type, status, role, content: parts, ...(phase !== undefined && { phase }) };
    }
    case "function_call":
    case "function_call_output":
      return { ...item, id: item.id ?? createItemId("fc"), status: item.status ?? "completed" };
    case "custom_tool_call":
    case "custom_tool_call_output":
      return { ...item, id: item.id ?? createItemId("ctc"), status: item.status ?? "completed" };
    case "reasoning":
      return { ...item, id: item.id ?? createItemId("rs"), summary: item.summary ?? [] };
    case "compaction":
      return { ...item, id: item.id ?? createItemId("cmp") };
    case "item_reference":
    case "foreign":
      return undefined;
    default:
      return item satisfies never;
  }
}

/** Texts of the assistant are its output, and those of everybody else its input. */
function toParts(content: string | readonly ContentPart[], type: "input_text" | "output_text"): readonly object[] {
  const parts = typeof content === "string" ? [{ type: "text" as const, text: content }] : content;
  return parts.map((part) => {
    if (!("text" in part)) return part;
    return { type, text: part.text, ...(type === "output_text" && { annotations: [], logprobs: [] }) };
  });
}
