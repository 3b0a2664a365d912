import type { Config } from "../config/config.ts";
import type { Bindings, GatewayContext, GatewayEnv } from "../env.ts";
import { GatewayError } from "../errors.ts";
import { printableName } from "../models/model-name.ts";
import { createConversationStore } from "../stored-responses/conversation-store.ts";
import type { ConversationStore } from "../stored-responses/conversation-store.ts";
import { createResponseStore } from "../stored-responses/response-store.ts";
import type { ResponseStore } from "../stored-responses/response-store.ts";

const DAY_MS = 86_400_000;

/** What is kept for the caller of a request. */
export interface Storage {
  /** Whose it is; part of the names of all objects. */
  readonly owner: string;
  readonly responses: ResponseStore;
  readonly conversations: ConversationStore;
}

/** `undefined` where nothing is stored: the operator has turned it off, or there are no objects to store it in. */
export async function openStorage(c: GatewayContext): Promise<Storage | undefined> {
  const { config } = c.get("settings");
  return canStore(c.env, config) ? openStorageOf(c.env, config, await toOwner(c)) : undefined;
}

export function openStorageOf(bindings: Bindings, config: Config, owner: string): Storage | undefined {
  if (!canStore(bindings, config)) return undefined;
  const lifetimeMs = config.RESPONSE_LIFETIME_DAYS * DAY_MS;
  return {
    owner,
    responses: createResponseStore(bindings.RESPONSES, owner, lifetimeMs),
    conversations: createConversationStore(bindings.CONVERSATIONS, owner, lifetimeMs),
  };
}

type StorageBindings = Required<Pick<Bindings, "RESPONSES" | "CONVERSATIONS">>;

function canStore(bindings: Bindings, { STORE_RESPONSES }: Config): bindings is Bindings & StorageBindings {
  return STORE_RESPONSES && bindings.RESPONSES !== undefined && bindings.CONVERSATIONS !== undefined;
}

/** The same, for requests that are about nothing else. */
export async function requireStorage(c: GatewayContext): Promise<Storage> {
  const storage = await openStorage(c);
  if (storage === undefined) throw storageUnavailableError();
  return storage;
}

export function storageUnavailableError(param?: string): GatewayError {
  const message = "This gateway stores no responses and no conversations.";
  return new GatewayError("storage_unavailable", message, { param });
}

export function conversationNotFoundError(id: string): GatewayError {
  return new GatewayError("not_found", `Conversation with id '${printableName(id)}' not found.`);
}

export function conversationFullError(id: string): GatewayError {
  const message = `The conversation '${printableName(id)}' holds as much as a conversation can; begin another one.`;
  return new GatewayError("invalid_value", message, { param: "conversation" });
}

/**
 * Whose responses the request may see: those of its key. A managed key is told by its id, which stays when it is rotated;
 * a static one by its hash, because its name may be given to another key. Callers without a key are one owner together.
 */
async function toOwner(c: GatewayContext): Promise<string> {
  const { grant, staticKey }: Partial<GatewayEnv["Variables"]> = c.var;
  if (grant !== undefined) return `managed/${grant.id}`;
  if (staticKey === undefined) return "anonymous";
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(staticKey));
  return `static/${Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
