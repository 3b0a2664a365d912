import type { ConversationHead, ConversationItem, ConversationObject } from "./conversation-object.ts";
import type { Page, PageRequest } from "./page.ts";

/** The conversations of one owner. What belongs to somebody else is not there. */
export interface ConversationStore {
  /** False where the items are too many for one conversation. */
  create(id: string, head: ConversationHead, items: readonly ConversationItem[]): Promise<boolean>;
  retrieve(id: string): Promise<ConversationHead | undefined>;
  update(id: string, metadata: ConversationHead["metadata"]): Promise<ConversationHead | undefined>;
  remove(id: string): Promise<boolean>;
  /** Items go behind those that are there: all of them, or none where they are too many. */
  add(id: string, items: readonly ConversationItem[]): Promise<"added" | "full" | "missing">;
  list(id: string, page: PageRequest): Promise<Page<ConversationItem> | { readonly missing: "conversation" | "after" }>;
  /** All items, a list, as JSON text. */
  readAll(id: string): Promise<string | undefined>;
  /** One item as JSON text. */
  item(id: string, itemId: string): Promise<string | undefined>;
  /** The conversation without the item; `undefined` where there is no such item. */
  removeItem(id: string, itemId: string): Promise<ConversationHead | undefined>;
}

/** As for responses: the owner is a part of each object's name. */
export function createConversationStore(
  namespace: DurableObjectNamespace<ConversationObject>,
  owner: string,
  lifetimeMs: number,
): ConversationStore {
  const find = (id: string) => namespace.getByName(`${owner}/${id}`);
  const expiresAt = (): number => Date.now() + lifetimeMs;
  return {
    create: async (id, head, items) => find(id).create(head, items, expiresAt()),
    retrieve: async (id) => find(id).retrieve(),
    update: async (id, metadata) => find(id).update(metadata, expiresAt()),
    remove: async (id) => find(id).remove(),
    add: async (id, items) => find(id).add(items, expiresAt()),
    list: async (id, page) => find(id).list(page),
    readAll: async (id) => find(id).readAll(),
    item: async (id, itemId) => find(id).item(itemId),
    removeItem: async (id, itemId) => find(id).removeItem(itemId, expiresAt()),
  };
}
