import { isRecord, parseJson } from "../json.ts";
import { toResponseIdOfItem } from "../openai/ids.ts";
import { inputItem } from "../openai/responses-item.ts";
import type { InputItem } from "../openai/responses-item.ts";
import type { ResponseStore } from "../stored-responses/response-store.ts";

export type Input = string | InputItem[] | undefined;

/**
 * The input with the items that it refers to in place of its references. An item's id names the response to which it
 * belongs, so that no list of all items is needed. A reference to what there is not is left: it is refused further on.
 */
export async function resolveReferences(input: Input, responses: ResponseStore | undefined): Promise<Input> {
  if (typeof input === "string" || input === undefined || responses === undefined) return input;
  const ids = new Set(input.flatMap((item) => (item.type === "item_reference" ? [toResponseIdOfItem(item.id)] : [])));
  if (ids.size === 0) return input;
  const found = new Map<string, InputItem>();
  for (const id of ids) if (id !== undefined) await addItems(found, id, responses);
  return input.map((item) => (item.type === "item_reference" ? (found.get(item.id) ?? item) : item));
}

async function addItems(found: Map<string, InputItem>, responseId: string, responses: ResponseStore): Promise<void> {
  const saved = await responses.readAll(responseId);
  if (saved === undefined) return;
  const response = parseJson(saved.response);
  const output = isRecord(response) ? response["output"] : [];
  for (const list of [parseJson(saved.input), output]) {
    for (const value of Array.isArray(list) ? list : []) {
      const item = inputItem.safeParse(value);
      if (item.success && "id" in item.data && item.data.id !== undefined) found.set(item.data.id, item.data);
    }
  }
}
