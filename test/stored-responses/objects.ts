import { env } from "cloudflare:workers";
import type { Bindings } from "../../src/env.ts";
import { createConversationStore } from "../../src/stored-responses/conversation-store.ts";
import type { ConversationStore } from "../../src/stored-responses/conversation-store.ts";
import { createResponseStore } from "../../src/stored-responses/response-store.ts";
import type { ResponseStore } from "../../src/stored-responses/response-store.ts";

const DAY_MS = 86_400_000;

/** The bindings that hold the objects of the development Worker, in which these tests run. */
export function storageBindings(): Required<Pick<Bindings, "RESPONSES" | "CONVERSATIONS">> {
  const { RESPONSES, CONVERSATIONS } = env as Bindings;
  if (RESPONSES === undefined || CONVERSATIONS === undefined) throw new Error("no storage in the test's Worker");
  return { RESPONSES, CONVERSATIONS };
}

export function responsesOf(owner: string, lifetimeMs = DAY_MS): ResponseStore {
  return createResponseStore(storageBindings().RESPONSES, owner, lifetimeMs);
}

export function conversationsOf(owner: string, lifetimeMs = DAY_MS): ConversationStore {
  return createConversationStore(storageBindings().CONVERSATIONS, owner, lifetimeMs);
}
