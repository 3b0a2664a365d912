import type { RateLimits } from "../openai/rate-limit-headers.ts";
import { changeSettings } from "./key-settings.ts";
import type { KeyChanges, KeyInfo, KeySettings } from "./key-settings.ts";
import {
  countTokens,
  createTables,
  forgetPast,
  hasReservation,
  readKey,
  readOpen,
  readSeconds,
  takeReservation,
  writeKey,
  writeReservation,
  writeSpending,
} from "./key-tables.ts";
import type { KeyRecord } from "./key-tables.ts";
import { isSameDigest } from "./key-token.ts";
import { findRefusal, toBudgetEnd, toLimitStates } from "./ledger.ts";
import type { Estimate, Refusal } from "./ledger.ts";
import { addUsage, readUsage } from "./usage-table.ts";
import type { DailyUsage, UsageAddition } from "./usage-table.ts";

const FORGET_MS = 60_000;

export interface NewKey {
  readonly id: string;
  readonly digest: string;
  readonly settings: KeySettings;
}

export type KeyFault = "unknown" | "blocked" | "expired";

/** Whether a secret is the key's, and the key may be used. */
export type KeyCheck = { readonly status: "valid"; readonly settings: KeySettings } | { readonly status: KeyFault };

export interface ReservationRequest {
  /** Minted by the caller: a reservation that is asked for twice is made once. */
  readonly id: string;
  readonly digest: string;
  readonly estimate: Estimate;
  /** Milliseconds after which a request that was never settled is taken to be over. */
  readonly lifetimeMs: number;
}

export type ReservationReply =
  | ({ readonly status: "reserved"; readonly settings: KeySettings } & RateLimits)
  | ({ readonly status: "refused"; readonly settings: KeySettings; readonly refusal: Refusal } & RateLimits)
  | { readonly status: KeyFault };

export interface Settlement {
  /** Tokens that count against `tpm`; `undefined` where nobody knows, and the estimate stands. */
  readonly tokens: number | undefined;
  /** US dollars that count against `max_budget`; `undefined` where nobody knows, and the estimate stands. */
  readonly dollars: number | undefined;
  readonly usage: UsageAddition;
}

/**
 * One managed key: its settings, a hash of its secret, what it has used and what is under way. Every method runs from
 * its first line to its last without waiting for anything, so that no two requests see the same remainder; what it
 * writes is one transaction, and the runtime holds the answer back until it is stored. Every method may be called twice:
 * a caller whose connection broke does not know whether the first call arrived.
 */
export class KeyAccount {
  readonly #storage: DurableObjectStorage;
  /** What the table says: nobody else writes it. */
  #record: KeyRecord | undefined;
  #forgottenAt = 0;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  create({ id, digest, settings }: NewKey): KeyInfo {
    const made = this.#read();
    if (made?.digest === digest) return toKeyInfo(made);
    const now = Date.now();
    createTables(this.#storage.sql);
    return this.#write({
      id,
      settings,
      digest,
      previous: undefined,
      spend: 0,
      budgetEnds: toBudgetEnd(settings.budget_duration, now, now),
      createdAt: now,
      updatedAt: now,
      usedAt: null,
    });
  }

  read(): KeyInfo | undefined {
    const record = this.#read();
    return record && toKeyInfo(record);
  }

  update(changes: KeyChanges): KeyInfo | undefined {
    const record = this.#read();
    if (record === undefined) return undefined;
    const now = Date.now();
    const settings = changeSettings(record.settings, changes);
    // A budget of another length begins now; what was spent stays spent until it ends.
    const isSameLength = settings.budget_duration === record.settings.budget_duration;
    const budgetEnds = isSameLength ? record.budgetEnds : toBudgetEnd(settings.budget_duration, now, now);
    return this.#write({ ...record, settings, budgetEnds, updatedAt: now });
  }

  /** Gives the key another secret. The one before is good for `graceMs` more milliseconds. */
  rotate(digest: string, graceMs: number): KeyInfo | undefined {
    const record = this.#read();
    if (record === undefined) return undefined;
    if (record.digest === digest) return toKeyInfo(record);
    const now = Date.now();
    const previous = graceMs > 0 ? { digest: record.digest, until: now + graceMs } : undefined;
    return this.#write({ ...record, digest, previous, updatedAt: now });
  }

  /** Forgets the key and all that it used. False where there was none. */
  async remove(): Promise<boolean> {
    if (this.#read() === undefined) return false;
    this.#record = undefined;
    await this.#storage.deleteAll();
    return true;
  }

  readUsage(start: string, end: string): DailyUsage[] | undefined {
    return this.#read() && readUsage(this.#storage.sql, start, end);
  }

  check(digest: string): KeyCheck {
    const record = this.#read();
    const fault = findFault(record, digest, Date.now());
    if (record === undefined || fault !== undefined) return { status: fault ?? "unknown" };
    return { status: "valid", settings: record.settings };
  }

  /** Lets a request through, and keeps room for it under every limit; or says which limit it would pass. */
  reserve({ id, digest, estimate, lifetimeMs }: ReservationRequest): ReservationReply {
    const now = Date.now();
    const record = this.#read();
    const fault = findFault(record, digest, now);
    if (record === undefined || fault !== undefined) return { status: fault ?? "unknown" };
    const { sql } = this.#storage;
    const { settings, spend, budgetEnds } = record;
    this.#forgetPast(now);
    const seconds = readSeconds(sql, now);
    const standing = { spend, seconds, open: readOpen(sql, now) };
    const refusal = findRefusal(settings, standing, estimate, budgetEnds, now);
    if (refusal !== undefined && !hasReservation(sql, id)) {
      return { status: "refused", settings, refusal, ...toLimitStates(settings, seconds, now) };
    }
    const { tokens, dollars = 0 } = estimate;
    writeReservation(sql, { id, second: Math.floor(now / 1000), expires: now + lifetimeMs, tokens, dollars });
    return { status: "reserved", settings, ...toLimitStates(settings, readSeconds(sql, now), now) };
  }

  /** Puts what a request used in the place of what it was expected to use. A second settlement changes nothing. */
  settle(id: string, { tokens, dollars, usage }: Settlement): void {
    const record = this.#read();
    const { sql } = this.#storage;
    const reservation = record && takeReservation(sql, id);
    if (record === undefined || reservation === undefined) return;
    const now = Date.now();
    if (tokens !== undefined) countTokens(sql, reservation, tokens, now);
    this.#record = { ...record, spend: record.spend + (dollars ?? reservation.dollars), usedAt: now };
    writeSpending(sql, this.#record);
    addUsage(sql, usage, now);
  }

  /** The key as it is now: where its budget has ended since anybody looked, a new one has begun. */
  #read(): KeyRecord | undefined {
    this.#record ??= readKey(this.#storage.sql);
    const record = this.#record;
    const now = Date.now();
    if (record === undefined || record.budgetEnds === null || record.budgetEnds > now) return record;
    const budgetEnds = toBudgetEnd(record.settings.budget_duration, record.budgetEnds, now);
    return { ...record, spend: 0, budgetEnds };
  }

  #write(record: KeyRecord): KeyInfo {
    writeKey(this.#storage.sql, record);
    this.#record = record;
    return toKeyInfo(record);
  }

  /** Once a minute, not with each request. */
  #forgetPast(now: number): void {
    if (now < this.#forgottenAt + FORGET_MS) return;
    this.#forgottenAt = now;
    forgetPast(this.#storage.sql, now);
  }
}

/** Why a key may not be used. What is wrong with it is only told to those who have its secret. */
function findFault(record: KeyRecord | undefined, digest: string, now: number): KeyFault | undefined {
  if (record === undefined || !isDigestOf(record, digest, now)) return "unknown";
  const { blocked, expires } = record.settings;
  if (blocked) return "blocked";
  return expires !== null && now >= Date.parse(expires) ? "expired" : undefined;
}

/** Both are compared always, so that the time tells nothing of a rotation. */
function isDigestOf({ digest, previous }: KeyRecord, presented: string, now: number): boolean {
  const isCurrent = isSameDigest(presented, digest);
  const isPrevious = isSameDigest(presented, previous?.digest ?? digest);
  return isCurrent || (isPrevious && previous !== undefined && now < previous.until);
}

function toKeyInfo({ id, settings, spend, budgetEnds, createdAt, updatedAt, usedAt }: KeyRecord): KeyInfo {
  return {
    id,
    ...settings,
    spend: Number(spend.toFixed(12)),
    budget_reset_at: toTime(budgetEnds),
    created_at: new Date(createdAt).toISOString(),
    updated_at: new Date(updatedAt).toISOString(),
    last_used_at: toTime(usedAt),
  };
}

function toTime(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString();
}
