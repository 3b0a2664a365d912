import { DurableObject } from "cloudflare:workers";
import type { KeyAccount, KeyCheck, NewKey, ReservationReply, ReservationRequest, Settlement } from "./key-account.ts";
import type { KeyChanges, KeyInfo } from "./key-settings.ts";
import type { DailyUsage } from "./usage-table.ts";

/**
 * A managed key as the runtime knows it. The runtime takes the class from the entry, where each isolate evaluates it;
 * what the object does is imported with its first call. All calls wait for one promise, and go on in the order in which
 * they came.
 */
export class ApiKey extends DurableObject {
  readonly #account: Promise<KeyAccount> = this.#load();

  async create(key: NewKey): Promise<KeyInfo> {
    return (await this.#account).create(key);
  }

  async read(): Promise<KeyInfo | undefined> {
    return (await this.#account).read();
  }

  async update(changes: KeyChanges): Promise<KeyInfo | undefined> {
    return (await this.#account).update(changes);
  }

  async rotate(digest: string, graceMs: number): Promise<KeyInfo | undefined> {
    return (await this.#account).rotate(digest, graceMs);
  }

  async remove(): Promise<boolean> {
    return (await this.#account).remove();
  }

  async readUsage(start: string, end: string): Promise<DailyUsage[] | undefined> {
    return (await this.#account).readUsage(start, end);
  }

  async check(digest: string): Promise<KeyCheck> {
    return (await this.#account).check(digest);
  }

  async reserve(request: ReservationRequest): Promise<ReservationReply> {
    return (await this.#account).reserve(request);
  }

  async settle(id: string, settlement: Settlement): Promise<void> {
    (await this.#account).settle(id, settlement);
  }

  async #load(): Promise<KeyAccount> {
    const { KeyAccount } = await import("./key-account.ts");
    return new KeyAccount(this.ctx.storage);
  }
}
