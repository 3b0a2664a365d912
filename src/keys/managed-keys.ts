import { GatewayError } from "../errors.ts";
import { askObject } from "./ask-object.ts";
import type { ApiKey } from "./api-key.ts";
import type { KeyFault, ReservationReply, Settlement } from "./key-account.ts";
import type { KeySettings } from "./key-settings.ts";
import { digestKey, isSameDigest, readKeyId } from "./key-token.ts";
import type { Estimate } from "./ledger.ts";

/** A managed key that a request came with. Plain data: it may be kept for a request that is run later. */
export interface KeyGrant {
  readonly id: string;
  readonly digest: string;
  readonly settings: KeySettings;
}

/** What the Worker asks of the keys' objects on behalf of a request. */
export interface ManagedKeys {
  /** The grant of a token; `undefined` where no managed key is like it. Throws where the key may not be used. */
  authenticate(token: string): Promise<KeyGrant | undefined>;
  /** Rejects with `invalid_api_key` where the key may not be used any more. */
  reserve(
    grant: KeyGrant,
    id: string,
    estimate: Estimate,
    lifetimeMs: number,
  ): Promise<Extract<ReservationReply, { settings: KeySettings }>>;
  settle(grant: KeyGrant, reservation: string, settlement: Settlement): Promise<void>;
}

/**
 * How long a key is known to an isolate without its object being asked. What costs anything is asked of the object
 * each time, with the reservation; only what is free (lists of models, stored responses) goes on for so long after a
 * key was blocked.
 */
const GRANT_LIFETIME_MS = 30_000;
const MAX_GRANTS = 1000;

interface KnownGrant {
  readonly grant: KeyGrant;
  readonly until: number;
}

export function createManagedKeys(objects: DurableObjectNamespace<ApiKey>): ManagedKeys {
  const known = new Map<string, KnownGrant>();

  function remember(grant: KeyGrant): KeyGrant {
    known.delete(grant.id);
    known.set(grant.id, { grant, until: Date.now() + GRANT_LIFETIME_MS });
    // A map keeps the order of insertion: the first is the one that was asked about longest ago.
    for (const id of known.keys()) {
      if (known.size <= MAX_GRANTS) break;
      known.delete(id);
    }
    return grant;
  }

  return {
    async authenticate(token) {
      const id = readKeyId(token);
      if (id === undefined) return undefined;
      const digest = await digestKey(token);
      const remembered = known.get(id);
      if (remembered !== undefined && Date.now() < remembered.until && isSameDigest(remembered.grant.digest, digest)) {
        return remembered.grant;
      }
      const check = await askObject(objects, id, async (object) => object.check(digest));
      if (check.status === "valid") return remember({ id, digest, settings: check.settings });
      if (check.status === "unknown") return undefined;
      throw unusable(check.status);
    },

    async reserve({ id, digest }, reservation, estimate, lifetimeMs) {
      const request = { id: reservation, digest, estimate, lifetimeMs };
      const reply = await askObject(objects, id, async (object) => object.reserve(request));
      if (reply.status === "reserved" || reply.status === "refused") {
        remember({ id, digest, settings: reply.settings });
        return reply;
      }
      known.delete(id);
      throw unusable(reply.status);
    },

    settle({ id }, reservation, settlement) {
      return askObject(objects, id, async (object) => object.settle(reservation, settlement));
    },
  };
}

function unusable(fault: KeyFault): GatewayError {
  const messages = {
    unknown: "Incorrect API key provided.",
    blocked: "This API key is blocked.",
    expired: "This API key has expired.",
  };
  return new GatewayError("invalid_api_key", messages[fault]);
}
