import { GatewayError } from "../errors.ts";
import { parseJson } from "../json.ts";
import { toResponseIdOfItem } from "../openai/ids.ts";
import { inputItem } from "../openai/responses-item.ts";
import type { InputItem } from "../openai/responses-item.ts";
import type { ResponseStore } from "../stored-responses/response-store.ts";

export type Input = string | InputItem[] | undefined;

/** Responses that are asked for items on behalf of one request. A loop of an agent refers to one more with each step. */
const MOST_RESPONSES = 200;

/**
 * The input with the items that it refers to in place of its references. An item's id names the response to which it
 * belongs, so that no list of all items is needed. A reference to what there is not is left: it is refused further on.
 */
export async function resolveReferences(input: Input, responses: ResponseStore | undefined): Promise<Input> {
  if (typeof input === "string" || input === undefined || responses === undefined) return input;
  const wanted = new Map<string, string[]>();
  for (const item of input) {
    const responseId = item.type === "item_reference" ? toResponseIdOfItem(item.id) : undefined;
    if (responseId === undefined || !("id" in item) || item.id === undefined) continue;
    wanted.set(responseId, [...(wanted.get(responseId) ?? []), item.id]);
  }
  if (wanted.size === 0) return input;
  if (wanted.size > MOST_RESPONSES) {
    const message = `Invalid value for 'input': it refers to items of more than ${MOST_RESPONSES} responses.`;
    throw new GatewayError("invalid_value", message, { param: "input" });
  }
  const lists = await Promise.all([...wanted].map(([id, itemIds]) => responses.findItems(id, itemIds)));
  const found = new Map<string, InputItem>();
  for (const value of lists.flatMap((list) => parseJson(list))) {
    const item = inputItem.safeParse(value);
    if (item.success && "id" in item.data && item.data.id !== undefined) found.set(item.data.id, item.data);
  }
  return input.map((item) => (item.type === "item_reference" ? (found.get(item.id) ?? item) : item));
}
