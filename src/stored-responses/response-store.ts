import { GatewayError } from "../errors.ts";
import type { ResponseObject } from "./response-object.ts";
import type { BackgroundResponse, Cancellation, Following, SavedResponse } from "./saved-response.ts";
import { toObjectName } from "./object-name.ts";
import { reach } from "./reach.ts";

/** The stored responses of one owner. What belongs to somebody else is not there. */
export interface ResponseStore {
  save(id: string, saved: SavedResponse): Promise<void>;
  /** Keeps a response and has it made after this. */
  begin(id: string, background: BackgroundResponse): Promise<void>;
  /** The response object as JSON text. */
  retrieve(id: string): Promise<string | undefined>;
  /** The response with what is needed to continue it. */
  readAll(id: string): Promise<SavedResponse | undefined>;
  /** The items of the request, a list, as JSON text. */
  readInput(id: string): Promise<string | undefined>;
  /** Those of a response's items, of its request and its output, that have one of the ids: a list, as JSON text. */
  findItems(id: string, itemIds: readonly string[]): Promise<string>;
  /** False where there was nothing to delete. */
  remove(id: string): Promise<boolean>;
  cancel(id: string): Promise<Cancellation>;
  /** The event stream of a background response behind the record of that number; -1 for all of it. */
  follow(id: string, startingAfter: number): Promise<Following>;
}

/**
 * What is kept of one response at most, in characters of JSON: its own and those of the items before it. Both travel in
 * one call of an object, which takes 32 MiB, and a character is two bytes there.
 */
export const MAX_CONTEXT_LENGTH = 8 * 1024 * 1024;
const MAX_RESPONSE_LENGTH = 4 * 1024 * 1024;

/**
 * `owner` is a part of each object's name, beside the id: whoever does not bring the owner's key asks an object that has
 * never been written to.
 */
export function createResponseStore(
  namespace: DurableObjectNamespace<ResponseObject>,
  owner: string,
  lifetimeMs: number,
): ResponseStore {
  const find = (id: string) => namespace.getByName(toObjectName(owner, id));
  return {
    save: async (id, saved) => {
      refuseTooLarge(saved);
      await reach(async () => find(id).save(saved, Date.now() + lifetimeMs));
    },
    begin: async (id, background) => {
      refuseTooLarge(background);
      await reach(async () => find(id).begin(background, Date.now() + lifetimeMs));
    },
    retrieve: (id) => reach(async () => find(id).retrieve()),
    readAll: (id) => reach(async () => find(id).readAll()),
    readInput: (id) => reach(async () => find(id).readInput()),
    findItems: (id, itemIds) => reach(async () => find(id).findItems(itemIds)),
    remove: (id) => reach(async () => find(id).remove()),
    cancel: (id) => reach(async () => find(id).cancel()),
    follow: (id, startingAfter) => reach(async () => find(id).follow(startingAfter)),
  };
}

function refuseTooLarge({ response, input, history }: SavedResponse): void {
  if (response.length <= MAX_RESPONSE_LENGTH && input.length + history.length <= MAX_CONTEXT_LENGTH) return;
  throw new GatewayError("body_too_large", "The response is too large to be stored.");
}
