import { createResponseId } from "../openai/ids.ts";
import type { ResponsesRequest } from "../openai/responses-request.ts";
import { MAX_CONTEXT_LENGTH } from "../stored-responses/response-store.ts";
import type { SavedResponse } from "../stored-responses/saved-response.ts";
import type { ResponseResource } from "../translate/response-resource.ts";
import { toStoredItems } from "../translate/stored-items.ts";
import { readContext } from "./history.ts";
import type { Recall } from "./history.ts";
import type { ResponseOrder } from "./response-run.ts";
import { conversationFullError } from "./storage.ts";
import type { Storage } from "./storage.ts";

/** A response that is to be made, and what is to be kept of it. */
export interface ResponsePlan {
  readonly order: ResponseOrder;
  /** The response with what is needed to continue it, as it is kept. */
  toSaved(response: ResponseResource): SavedResponse;
  /** Keeps a response that has ended: by itself, in its conversation, or not at all. */
  keep(response: ResponseResource): Promise<void>;
}

/** Reads what a request continues, and decides what is kept of its response. `recall` knows of responses without a store. */
export async function planResponse(
  request: ResponsesRequest,
  storage: Storage | undefined,
  recall?: Recall,
): Promise<ResponsePlan> {
  const { history, input } = await readContext(request, storage, recall);
  const id = createResponseId();
  const { conversation } = request;
  const isWanted = storage !== undefined && request.store !== false;
  // What is not kept anywhere is not written down either.
  const items = isWanted || recall !== undefined || conversation !== undefined ? toStoredItems(input, id) : [];
  const context = { input: JSON.stringify(items), history: history.json };
  const fits = context.input.length + context.history.length <= MAX_CONTEXT_LENGTH;
  // A conversation takes no more than a response does: better refused now than after the answer was made.
  if (conversation !== undefined && !fits) throw conversationFullError(conversation);
  const isStored = isWanted && fits;
  const order: ResponseOrder = { id, request: { ...request, input }, history: history.items, isStored };

  function toSaved(response: ResponseResource): SavedResponse {
    return { response: JSON.stringify(response), ...context };
  }

  return {
    order,
    toSaved,
    async keep(response) {
      if (storage === undefined) return;
      if (isStored) await storage.responses.save(id, toSaved(response));
      const isAnswer = response.status === "completed" || response.status === "incomplete";
      if (conversation === undefined || !isAnswer) return;
      await addToConversation(storage, conversation, [...items, ...response.output]);
    },
  };
}

/** Adds what was asked and what was answered to a conversation. */
export async function addToConversation(
  { conversations }: Storage,
  id: string,
  items: readonly { readonly id?: string }[],
): Promise<void> {
  const added = await conversations.add(
    id,
    items.map((item) => ({ id: item.id ?? "", json: JSON.stringify(item) })),
  );
  if (added === "full") throw conversationFullError(id);
  // One that was deleted meanwhile stays deleted.
}
