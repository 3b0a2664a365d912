import type { GatewayContext } from "../env.ts";
import { GatewayError } from "../errors.ts";
import { printableName } from "../models/model-name.ts";
import { conversationItems, conversationRequest, conversationUpdate } from "../openai/conversation-request.ts";
import { createConversationId, createResponseId } from "../openai/ids.ts";
import { toItemListJson } from "../openai/item-list.ts";
import { listQuery } from "../openai/list-query.ts";
import type { InputItem } from "../openai/responses-item.ts";
import type { ConversationHead, ConversationItem } from "../stored-responses/kept-conversation.ts";
import { toStoredItems } from "../translate/stored-items.ts";
import { resolveReferences } from "./item-references.ts";
import { parseBody } from "./json-body.ts";
import { afterNotFoundError, parseQuery } from "./list-query.ts";
import { conversationFullError, conversationNotFoundError, requireStorage } from "./storage.ts";
import type { Storage } from "./storage.ts";
import { answerStoredJson } from "./stored-answer.ts";

/** `POST /v1/conversations` */
export async function createConversation(c: GatewayContext): Promise<Response> {
  const { items = [], metadata = {} } = await parseBody(c, conversationRequest, {});
  const storage = await requireStorage(c);
  const id = createConversationId();
  const head = { createdAt: Math.floor(Date.now() / 1000), metadata };
  const isCreated = await storage.conversations.create(id, head, await toConversationItems(items, storage));
  if (!isCreated) throw conversationFullError(id);
  return c.json(toConversation(id, head));
}

/** `GET /v1/conversations/{id}` */
export async function retrieveConversation(c: GatewayContext): Promise<Response> {
  const { conversations } = await requireStorage(c);
  const id = idOf(c);
  return c.json(toConversation(id, found(id, await conversations.retrieve(id))));
}

/** `POST /v1/conversations/{id}` */
export async function updateConversation(c: GatewayContext): Promise<Response> {
  const { metadata = {} } = await parseBody(c, conversationUpdate);
  const { conversations } = await requireStorage(c);
  const id = idOf(c);
  return c.json(toConversation(id, found(id, await conversations.update(id, metadata))));
}

/** `DELETE /v1/conversations/{id}`, its items with it. */
export async function deleteConversation(c: GatewayContext): Promise<Response> {
  const { conversations } = await requireStorage(c);
  const id = idOf(c);
  if (!(await conversations.remove(id))) throw conversationNotFoundError(id);
  return c.json({ id, object: "conversation.deleted", deleted: true });
}

/** `POST /v1/conversations/{id}/items`: the items that were added. */
export async function createItems(c: GatewayContext): Promise<Response> {
  const { items } = await parseBody(c, conversationItems);
  const storage = await requireStorage(c);
  const id = idOf(c);
  const stored = await toConversationItems(items, storage);
  const outcome = await storage.conversations.add(id, stored);
  if (outcome === "missing") throw conversationNotFoundError(id);
  if (outcome === "full") throw conversationFullError(id);
  return answerStoredJson(c, toItemListJson(stored, false));
}

/** `GET /v1/conversations/{id}/items` */
export async function listItems(c: GatewayContext): Promise<Response> {
  const query = parseQuery(c, listQuery);
  const { conversations } = await requireStorage(c);
  const id = idOf(c);
  const page = await conversations.list(id, query);
  if (!("missing" in page)) return answerStoredJson(c, toItemListJson(page.items, page.hasMore));
  throw page.missing === "after" ? afterNotFoundError(query) : conversationNotFoundError(id);
}

/** `GET /v1/conversations/{id}/items/{item}` */
export async function retrieveItem(c: GatewayContext): Promise<Response> {
  const { conversations } = await requireStorage(c);
  const item = await conversations.item(idOf(c), itemIdOf(c));
  if (item === undefined) throw itemNotFoundError(c);
  return answerStoredJson(c, item);
}

/** `DELETE /v1/conversations/{id}/items/{item}`: the conversation without it. */
export async function deleteItem(c: GatewayContext): Promise<Response> {
  const { conversations } = await requireStorage(c);
  const head = await conversations.removeItem(idOf(c), itemIdOf(c));
  if (head === undefined) throw itemNotFoundError(c);
  return c.json(toConversation(idOf(c), head));
}

/** Items of a conversation belong to no response, but their ids have the same form. */
async function toConversationItems(
  items: InputItem[],
  { responses }: Storage,
): Promise<readonly (ConversationItem & { readonly id: string })[]> {
  const resolved = await resolveReferences(items, responses);
  return toStoredItems(resolved, createResponseId()).map((item) => ({ id: item.id ?? "", json: JSON.stringify(item) }));
}

function toConversation(id: string, { createdAt, metadata }: ConversationHead): object {
  return { id, object: "conversation", created_at: createdAt, metadata };
}

function found(id: string, head: ConversationHead | undefined): ConversationHead {
  if (head === undefined) throw conversationNotFoundError(id);
  return head;
}

function idOf(c: GatewayContext): string {
  return c.req.param("id") ?? "";
}

function itemIdOf(c: GatewayContext): string {
  return c.req.param("item") ?? "";
}

function itemNotFoundError(c: GatewayContext): GatewayError {
  const message = `Item with id '${printableName(itemIdOf(c))}' not found in the conversation '${printableName(idOf(c))}'.`;
  return new GatewayError("not_found", message);
}
