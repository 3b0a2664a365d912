import type { ConversationObject } from "./conversation-object.ts";
import type { ConversationHead, ConversationItem } from "./kept-conversation.ts";
import type { Page, PageRequest } from "./page.ts";
import { toObjectName } from "./object-name.ts";
import { reach } from "./reach.ts";

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
  const find = (id: string) => namespace.getByName(toObjectName(owner, id));
  const expiresAt = (): number => Date.now() + lifetimeMs;
  return {
    create: (id, head, items) => reach(async () => find(id).create(head, items, expiresAt())),
    retrieve: (id) => reach(async () => find(id).retrieve()),
    update: (id, metadata) => reach(async () => find(id).update(metadata, expiresAt())),
    remove: (id) => reach(async () => find(id).remove()),
    add: (id, items) => reach(async () => find(id).add(items, expiresAt())),
    list: (id, page) => reach(async () => find(id).list(page)),
    readAll: (id) => reach(async () => find(id).readAll()),
    item: (id, itemId) => reach(async () => find(id).item(itemId)),
    removeItem: (id, itemId) => reach(async () => find(id).removeItem(itemId, expiresAt())),
  };
}
