import { add, nothing, type Figures, type UsageRow } from "./rows.ts";

/** Rows that have something in common, added up. */
export interface Group {
  /** What they have in common: the id of a key, a model, a day. */
  readonly id: string;
  readonly name: string;
  readonly figures: Figures;
}

export type Dimension = "key" | "model" | "day";

const names: Readonly<Record<Dimension, (row: UsageRow) => { readonly id: string; readonly name: string }>> = {
  key: ({ keyId, keyName }) => ({ id: keyId, name: keyName }),
  model: ({ model }) => ({ id: model, name: model }),
  day: ({ day }) => ({ id: day, name: day }),
};

export function total(rows: readonly UsageRow[]): Figures {
  return rows.reduce((sum, { figures }) => add(sum, figures), nothing);
}

/** One group for each key, model or day: the most expensive first, days from the last to the first. */
export function groupBy(rows: readonly UsageRow[], dimension: Dimension): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const { id, name } = names[dimension](row);
    const before = groups.get(id)?.figures ?? nothing;
    groups.set(id, { id, name, figures: add(before, row.figures) });
  }
  const list = [...groups.values()];
  if (dimension === "day") return list.toSorted((first, second) => second.id.localeCompare(first.id));
  return list.toSorted((first, second) => compare(first.figures, second.figures));
}

function compare(first: Figures, second: Figures): number {
  return second.cost - first.cost || tokensOf(second) - tokensOf(first) || second.requests - first.requests;
}

export function tokensOf({ promptTokens, completionTokens }: Figures): number {
  return promptTokens + completionTokens;
}

/** What can be drawn. */
export const measures = {
  cost: { label: "Cost", read: ({ cost }: Figures) => cost },
  tokens: { label: "Tokens", read: tokensOf },
  requests: { label: "Requests", read: ({ requests }: Figures) => requests },
  errors: { label: "Errors", read: ({ errors }: Figures) => errors },
} as const;
export type MeasureName = keyof typeof measures;

/** The amounts of one key or model, one for each day. */
export interface Series {
  readonly name: string;
  readonly amounts: readonly number[];
}

/** More colours than these cannot be told apart. */
const MOST_SERIES = 6;

/** The largest keys or models over these days, and all others together. */
export function toSeries(
  rows: readonly UsageRow[],
  days: readonly string[],
  dimension: "key" | "model",
  measure: MeasureName,
): readonly Series[] {
  const { read } = measures[measure];
  const groups = groupBy(rows, dimension)
    .filter(({ figures }) => read(figures) > 0)
    .toSorted((first, second) => read(second.figures) - read(first.figures));
  const shown = groups.length > MOST_SERIES ? groups.slice(0, MOST_SERIES - 1) : groups;
  const others = { name: `${groups.length - shown.length} others`, amounts: days.map(() => 0) };
  const known = new Map(shown.map(({ id, name }) => [id, { name, amounts: days.map(() => 0) }]));
  const positions = new Map(days.map((day, position) => [day, position]));
  for (const row of rows) {
    const position = positions.get(row.day);
    const { amounts } = known.get(names[dimension](row).id) ?? others;
    if (position !== undefined) amounts[position] = (amounts[position] ?? 0) + read(row.figures);
  }
  return groups.length > shown.length ? [...known.values(), others] : [...known.values()];
}

/** The round number at or above the largest amount that an axis ends in. */
export function toAxisEnd(largest: number): number {
  if (largest <= 0) return 1;
  const unit = 10 ** Math.floor(Math.log10(largest));
  const step = [1, 2, 2.5, 5, 10].find((candidate) => candidate * unit >= largest * (1 - 1e-9)) ?? 10;
  return step * unit;
}
