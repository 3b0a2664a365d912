import { createDocuments } from "./documents.ts";
import type { Documents } from "./documents.ts";
import { toPage } from "./page.ts";
import type { Page, PageRequest } from "./page.ts";

/** What a conversation holds at most, in characters of its items' JSON: it is read whole for each answer. */
const MAX_CONVERSATION_LENGTH = 8 * 1024 * 1024;

/** An item of a conversation: its id, and all of it as JSON text. */
export interface ConversationItem {
  readonly id: string;
  readonly json: string;
}

/** What a conversation is beside its items. */
export interface ConversationHead {
  /** Unix seconds. */
  readonly createdAt: number;
  readonly metadata: Readonly<Record<string, string>>;
}

interface State extends ConversationHead {
  /** The items' characters. */
  readonly length: number;
  /** The number of the next item. */
  readonly nextItem: number;
  /** Unix milliseconds from which nothing is kept any more; moved on with each change. */
  readonly expiresAt: number;
}

const PREFIX = "item:";
/** Follows every name with the prefix. */
const END = "item;";
const DIGITS = 12;

/** One conversation. Each item is a document, named by its number, which gives the order, and its id. */
export class KeptConversation {
  readonly #storage: DurableObjectStorage;
  #documents: Documents;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.#documents = createDocuments(storage.sql);
  }

  /** False where the items are too many for one conversation. */
  async create(head: ConversationHead, items: readonly ConversationItem[], expiresAt: number): Promise<boolean> {
    this.#writeState({ ...head, length: 0, nextItem: 0, expiresAt });
    await this.#storage.setAlarm(expiresAt);
    if ((await this.add(items, expiresAt)) === "added") return true;
    await this.#deleteAll();
    return false;
  }

  retrieve(): ConversationHead | undefined {
    const state = this.#readState();
    return state === undefined ? undefined : { createdAt: state.createdAt, metadata: state.metadata };
  }

  async update(metadata: Readonly<Record<string, string>>, expiresAt: number): Promise<ConversationHead | undefined> {
    const state = this.#readState();
    if (state === undefined) return undefined;
    await this.#prolong({ ...state, metadata }, expiresAt);
    return { createdAt: state.createdAt, metadata };
  }

  /** Items go behind those that are there: all of them, or none where they are too many. */
  async add(items: readonly ConversationItem[], expiresAt: number): Promise<"added" | "full" | "missing"> {
    const state = this.#readState();
    if (state === undefined) return "missing";
    const length = items.reduce((sum, { json }) => sum + json.length, state.length);
    if (length > MAX_CONVERSATION_LENGTH) return "full";
    for (const [position, { id, json }] of items.entries()) {
      this.#documents.write(nameOf(state.nextItem + position, id), json);
    }
    await this.#prolong({ ...state, length, nextItem: state.nextItem + items.length }, expiresAt);
    return "added";
  }

  /** A part of the items; `missing` is what there is not. */
  list(request: PageRequest): Page<ConversationItem> | { readonly missing: "conversation" | "after" } {
    if (this.#readState() === undefined) return { missing: "conversation" };
    const page = toPage(this.#documents.names(PREFIX, END), request, idOf);
    if (page === undefined) return { missing: "after" };
    return { items: page.items.map((name) => this.#readItem(name)), hasMore: page.hasMore };
  }

  /** The items from the first to the last, as one JSON list. */
  readAll(): string | undefined {
    if (this.#readState() === undefined) return undefined;
    const items = this.#documents.names(PREFIX, END).map((name) => this.#documents.read(name) ?? "null");
    return `[${items.join(",")}]`;
  }

  item(id: string): string | undefined {
    const name = this.#findName(id);
    return name === undefined ? undefined : this.#documents.read(name);
  }

  /** The conversation without the item; `undefined` where there is no such item. */
  async removeItem(id: string, expiresAt: number): Promise<ConversationHead | undefined> {
    const state = this.#readState();
    const name = this.#findName(id);
    if (state === undefined || name === undefined) return undefined;
    const { json } = this.#readItem(name);
    this.#documents.remove(name);
    await this.#prolong({ ...state, length: state.length - json.length }, expiresAt);
    return { createdAt: state.createdAt, metadata: state.metadata };
  }

  /** False where there is nothing to delete. */
  async remove(): Promise<boolean> {
    if (this.#readState() === undefined) return false;
    await this.#deleteAll();
    return true;
  }

  async alarm(): Promise<void> {
    await this.#deleteAll();
  }

  #findName(id: string): string | undefined {
    if (this.#readState() === undefined) return undefined;
    return this.#documents.names(PREFIX, END).find((name) => idOf(name) === id);
  }

  #readItem(name: string): ConversationItem {
    return { id: idOf(name), json: this.#documents.read(name) ?? "null" };
  }

  #readState(): State | undefined {
    const text = this.#documents.read("state");
    if (text === undefined) return undefined;
    // Nobody but this class writes it.
    const state: State = JSON.parse(text);
    // The alarm may be late.
    return Date.now() < state.expiresAt ? state : undefined;
  }

  #writeState(state: State): void {
    this.#documents.write("state", JSON.stringify(state));
  }

  async #prolong(state: State, expiresAt: number): Promise<void> {
    this.#writeState({ ...state, expiresAt });
    await this.#storage.setAlarm(expiresAt);
  }

  async #deleteAll(): Promise<void> {
    await this.#storage.deleteAlarm();
    await this.#storage.deleteAll();
    this.#documents = createDocuments(this.#storage.sql);
  }
}

function nameOf(number: number, id: string): string {
  return `${PREFIX}${String(number).padStart(DIGITS, "0")}:${id}`;
}

function idOf(name: string): string {
  return name.slice(PREFIX.length + DIGITS + 1);
}
