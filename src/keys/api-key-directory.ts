import { DurableObject } from "cloudflare:workers";

export interface PageRequest {
  readonly limit: number;
  /** The id of the last key of the page before. */
  readonly after: string | undefined;
  readonly order: "asc" | "desc";
}

export interface KeyPage {
  readonly ids: readonly string[];
  readonly hasMore: boolean;
}

/**
 * Which keys there are, in the order in which they were made. It holds nothing else of them, so that nothing can
 * differ from what their objects say. A key that is gone keeps its row: it may be where somebody stopped reading.
 */
export class ApiKeyDirectory extends DurableObject {
  constructor(state: DurableObjectState, environment: Cloudflare.Env) {
    super(state, environment);
    state.storage.sql.exec(
      `CREATE TABLE IF NOT EXISTS key (
         position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, removed INTEGER NOT NULL DEFAULT 0
       )`,
    );
  }

  add(id: string): void {
    this.ctx.storage.sql.exec("INSERT OR IGNORE INTO key (id) VALUES (?)", id);
  }

  remove(id: string): void {
    this.ctx.storage.sql.exec("UPDATE key SET removed = 1 WHERE id = ?", id);
  }

  /** A page; `undefined` where `after` is no key's id. */
  list({ limit, after, order }: PageRequest): KeyPage | undefined {
    const { sql } = this.ctx.storage;
    const isAscending = order === "asc";
    let start = isAscending ? 0 : Number.MAX_SAFE_INTEGER;
    if (after !== undefined) {
      const [row] = sql.exec<{ position: number }>("SELECT position FROM key WHERE id = ?", after).toArray();
      if (row === undefined) return undefined;
      start = row.position;
    }
    const query = isAscending
      ? "SELECT id FROM key WHERE removed = 0 AND position > ? ORDER BY position LIMIT ?"
      : "SELECT id FROM key WHERE removed = 0 AND position < ? ORDER BY position DESC LIMIT ?";
    const ids = sql.exec<{ id: string }>(query, start, limit + 1).toArray();
    return { ids: ids.slice(0, limit).map(({ id }) => id), hasMore: ids.length > limit };
  }
}
