import { MAX_CONTEXT_LENGTH } from "../stored-responses/response-store.ts";
import type { SavedResponse } from "../stored-responses/saved-response.ts";

/** What a connection remembers of its responses, stored or not, so that its next requests can continue them. */
export interface ResponseMemory {
  /** `streamId` is the lane that the response was made on: the last one of each lane is remembered. */
  remember(streamId: string | undefined, id: string, saved: SavedResponse): void;
  /** A response whose continuation failed is not continued again from memory: the client begins anew. */
  forget(id: string | undefined): void;
  /** A response of any lane, because a lane may go on from another. */
  recall(id: string): SavedResponse | undefined;
}

interface Remembered {
  readonly id: string;
  readonly saved: SavedResponse;
  readonly length: number;
}

/** All lanes together remember as much as one response may hold; what is older goes first. */
export function createResponseMemory(): ResponseMemory {
  const lanes = new Map<string | undefined, Remembered>();
  let length = 0;

  function drop(streamId: string | undefined): void {
    length -= lanes.get(streamId)?.length ?? 0;
    lanes.delete(streamId);
  }

  return {
    remember(streamId, id, saved) {
      drop(streamId);
      const own = saved.input.length + saved.history.length + saved.response.length;
      if (own > MAX_CONTEXT_LENGTH) return;
      lanes.set(streamId, { id, saved, length: own });
      length += own;
      for (const oldest of lanes.keys()) {
        if (length <= MAX_CONTEXT_LENGTH) break;
        drop(oldest);
      }
    },
    forget(id) {
      for (const [streamId, remembered] of lanes) if (remembered.id === id) drop(streamId);
    },
    recall(id) {
      for (const remembered of lanes.values()) if (remembered.id === id) return remembered.saved;
      return undefined;
    },
  };
}
