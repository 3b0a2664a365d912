import type { Standing } from "./ledger.ts";
import type { KeySettings } from "./key-settings.ts";
import { toWindowStart } from "./rate-window.ts";
import type { SecondCount } from "./rate-window.ts";

/** A key as its object stores it. Times are Unix milliseconds. */
export interface KeyRecord {
  readonly id: string;
  readonly settings: KeySettings;
  readonly digest: string;
  /** The hash of the secret before the last rotation, and until when it is still good. */
  readonly previous: { readonly digest: string; readonly until: number } | undefined;
  readonly spend: number;
  readonly budgetEnds: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly usedAt: number | null;
}

/** A request that was let through and has not been settled. */
export interface Reservation {
  readonly id: string;
  /** The second in which it began. */
  readonly second: number;
  /** When it is taken to have been forgotten, in Unix milliseconds. */
  readonly expires: number;
  readonly tokens: number;
  readonly dollars: number;
}

const SCHEMA = `
  CREATE TABLE key (
    id TEXT PRIMARY KEY, settings TEXT NOT NULL, digest TEXT NOT NULL, previous_digest TEXT, previous_until INTEGER,
    spend REAL NOT NULL, budget_ends INTEGER, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, used_at INTEGER
  );
  CREATE TABLE second (second INTEGER PRIMARY KEY, requests INTEGER NOT NULL, tokens INTEGER NOT NULL);
  CREATE TABLE reservation (
    id TEXT PRIMARY KEY, second INTEGER NOT NULL, expires INTEGER NOT NULL, tokens INTEGER NOT NULL, dollars REAL NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE usage (
    day TEXT NOT NULL, model TEXT NOT NULL, requests INTEGER NOT NULL, errors INTEGER NOT NULL,
    prompt_tokens INTEGER NOT NULL, cached_tokens INTEGER NOT NULL, completion_tokens INTEGER NOT NULL,
    dollars REAL NOT NULL, neurons REAL NOT NULL, PRIMARY KEY (day, model)
  ) WITHOUT ROWID;
`;

/** How long a reservation that has expired is remembered, so that a late settlement still counts, and counts once. */
const FORGOTTEN_MS = 3_600_000;

type KeyRow = {
  id: string;
  settings: string;
  digest: string;
  previous_digest: string | null;
  previous_until: number | null;
  spend: number;
  budget_ends: number | null;
  created_at: number;
  updated_at: number;
  used_at: number | null;
};

/** An object of an id that nobody has made has no tables, and being asked about one makes none. */
export function readKey(sql: SqlStorage): KeyRecord | undefined {
  const [table] = sql.exec("SELECT name FROM sqlite_master WHERE name = 'key'").toArray();
  const [row] = table === undefined ? [] : sql.exec<KeyRow>("SELECT * FROM key").toArray();
  if (row === undefined) return undefined;
  // Written by `writeKey` and by nobody else.
  const settings: KeySettings = JSON.parse(row.settings);
  return {
    id: row.id,
    settings,
    digest: row.digest,
    previous:
      row.previous_digest === null || row.previous_until === null
        ? undefined
        : { digest: row.previous_digest, until: row.previous_until },
    spend: row.spend,
    budgetEnds: row.budget_ends,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    usedAt: row.used_at,
  };
}

export function createTables(sql: SqlStorage): void {
  sql.exec(SCHEMA);
}

export function writeKey(sql: SqlStorage, record: KeyRecord): void {
  sql.exec(
    "INSERT OR REPLACE INTO key VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    record.id,
    JSON.stringify(record.settings),
    record.digest,
    record.previous?.digest ?? null,
    record.previous?.until ?? null,
    record.spend,
    record.budgetEnds,
    record.createdAt,
    record.updatedAt,
    record.usedAt,
  );
}

export function writeSpending(sql: SqlStorage, { spend, budgetEnds, usedAt }: KeyRecord): void {
  sql.exec("UPDATE key SET spend = ?, budget_ends = ?, used_at = ?", spend, budgetEnds, usedAt);
}

export function readSeconds(sql: SqlStorage, now: number): readonly SecondCount[] {
  const query = "SELECT second, requests, tokens FROM second WHERE second >= ? ORDER BY second";
  return sql.exec<Record<keyof SecondCount, number>>(query, toWindowStart(now)).toArray();
}

/** What is under way; what has expired is not. */
export function readOpen(sql: SqlStorage, now: number): Standing["open"] {
  const query = "SELECT count(*) AS requests, total(dollars) AS dollars FROM reservation WHERE expires > ?";
  return sql.exec<{ requests: number; dollars: number }>(query, now).one();
}

export function hasReservation(sql: SqlStorage, id: string): boolean {
  return sql.exec("SELECT 1 FROM reservation WHERE id = ?", id).toArray().length > 0;
}

/** Writes the reservation and counts its request; does nothing where there is one of this id. */
export function writeReservation(sql: SqlStorage, { id, second, expires, tokens, dollars }: Reservation): void {
  const insert = "INSERT INTO reservation VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING 1";
  const isNew = sql.exec(insert, id, second, expires, tokens, dollars).toArray().length > 0;
  if (isNew) countIn(sql, second, 1, tokens);
}

/** Drops what can count no more. */
export function forgetPast(sql: SqlStorage, now: number): void {
  sql.exec("DELETE FROM second WHERE second < ?", toWindowStart(now));
  sql.exec("DELETE FROM reservation WHERE expires < ?", now - FORGOTTEN_MS);
}

/** The reservation, which is none any more. */
export function takeReservation(sql: SqlStorage, id: string): Reservation | undefined {
  const query = "DELETE FROM reservation WHERE id = ? RETURNING *";
  type Row = { id: string; second: number; expires: number; tokens: number; dollars: number };
  return sql.exec<Row>(query, id).toArray()[0];
}

/** Replaces the tokens that a request was expected to use by those that it used. */
export function countTokens(sql: SqlStorage, reservation: Reservation, tokens: number, now: number): void {
  const excess = tokens - reservation.tokens;
  // What was not used was never there; what was used beyond the estimate is used now.
  if (excess < 0) sql.exec("UPDATE second SET tokens = tokens + ? WHERE second = ?", excess, reservation.second);
  if (excess > 0) countIn(sql, Math.floor(now / 1000), 0, excess);
}

function countIn(sql: SqlStorage, second: number, requests: number, tokens: number): void {
  sql.exec(
    `INSERT INTO second VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET requests = requests + excluded.requests, tokens = tokens + excluded.tokens`,
    second,
    requests,
    tokens,
  );
}
