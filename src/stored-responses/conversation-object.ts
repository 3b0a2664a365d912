import { DurableObject } from "cloudflare:workers";
import type { ConversationHead, ConversationItem, KeptConversation } from "./kept-conversation.ts";
import type { Page, PageRequest } from "./page.ts";

type Metadata = ConversationHead["metadata"];

/** A conversation as the runtime knows it. What it does is imported with its first call, as that of `ApiKey` is. */
export class ConversationObject extends DurableObject<object> {
  readonly #conversation: Promise<KeptConversation> = this.#load();

  async create(head: ConversationHead, items: readonly ConversationItem[], expiresAt: number): Promise<boolean> {
    return (await this.#conversation).create(head, items, expiresAt);
  }

  async retrieve(): Promise<ConversationHead | undefined> {
    return (await this.#conversation).retrieve();
  }

  async update(metadata: Metadata, expiresAt: number): Promise<ConversationHead | undefined> {
    return (await this.#conversation).update(metadata, expiresAt);
  }

  async add(items: readonly ConversationItem[], expiresAt: number): Promise<"added" | "full" | "missing"> {
    return (await this.#conversation).add(items, expiresAt);
  }

  async list(request: PageRequest): Promise<Page<ConversationItem> | { readonly missing: "conversation" | "after" }> {
    return (await this.#conversation).list(request);
  }

  async readAll(): Promise<string | undefined> {
    return (await this.#conversation).readAll();
  }

  async item(id: string): Promise<string | undefined> {
    return (await this.#conversation).item(id);
  }

  async removeItem(id: string, expiresAt: number): Promise<ConversationHead | undefined> {
    return (await this.#conversation).removeItem(id, expiresAt);
  }

  async remove(): Promise<boolean> {
    return (await this.#conversation).remove();
  }

  override async alarm(): Promise<void> {
    return (await this.#conversation).alarm();
  }

  async #load(): Promise<KeptConversation> {
    const { KeptConversation } = await import("./kept-conversation.ts");
    return new KeptConversation(this.ctx.storage);
  }
}
