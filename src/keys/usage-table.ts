/** What a key used of a model on a day, as the admin API shows it. */
export type DailyUsage = {
  /** The day, in UTC, as `2026-11-26`. */
  day: string;
  model: string;
  requests: number;
  /** Of these requests, those that failed. */
  errors: number;
  prompt_tokens: number;
  /** Of the prompt tokens, those that were cached. */
  cached_tokens: number;
  completion_tokens: number;
  /** US dollars. */
  cost: number;
  neurons: number;
};

/** What one request adds to it. */
export type UsageAddition = Omit<DailyUsage, "day" | "requests">;

/** A caller chooses the names of models; from here on what is new is counted under one name. */
const MAX_MODELS_A_DAY = 200;
const OTHER_MODELS = "other";

/** Two budgets of a year, and a month to look at them. */
const KEPT_DAYS = 760;
const DAY_MS = 86_400_000;

export function addUsage(sql: SqlStorage, addition: UsageAddition, now: number): void {
  const day = toDay(now);
  if (addTo(sql, day, addition.model, addition)) return;
  const name = toRowName(sql, day, addition.model, now);
  sql.exec("INSERT INTO usage VALUES (?, ?, 0, 0, 0, 0, 0, 0, 0) ON CONFLICT DO NOTHING", day, name);
  addTo(sql, day, name, addition);
}

/** Adds to a row; false where there is none. */
function addTo(sql: SqlStorage, day: string, model: string, addition: UsageAddition): boolean {
  const { errors, prompt_tokens, cached_tokens, completion_tokens, cost, neurons } = addition;
  const query = `UPDATE usage SET requests = requests + 1, errors = errors + ?, prompt_tokens = prompt_tokens + ?,
    cached_tokens = cached_tokens + ?, completion_tokens = completion_tokens + ?,
    dollars = dollars + ?, neurons = neurons + ? WHERE day = ? AND model = ? RETURNING 1`;
  const values = [errors, prompt_tokens, cached_tokens, completion_tokens, cost, neurons];
  return sql.exec(query, ...values, day, model).toArray().length > 0;
}

/** Days from `start` to `end`, both included. */
export function readUsage(sql: SqlStorage, start: string, end: string): DailyUsage[] {
  const query = `SELECT day, model, requests, errors, prompt_tokens, cached_tokens, completion_tokens,
    dollars AS cost, neurons FROM usage WHERE day BETWEEN ? AND ? ORDER BY day, model`;
  return sql.exec<DailyUsage>(query, start, end).toArray();
}

export function toDay(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}

/** The name under which a model is counted that has no row of this day yet. */
function toRowName(sql: SqlStorage, day: string, model: string, now: number): string {
  const { models } = sql.exec<{ models: number }>("SELECT count(*) AS models FROM usage WHERE day = ?", day).one();
  if (models === 0) sql.exec("DELETE FROM usage WHERE day < ?", toDay(now - KEPT_DAYS * DAY_MS));
  return models < MAX_MODELS_A_DAY ? model : OTHER_MODELS;
}
