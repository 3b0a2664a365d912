/** The middle of some measurements and how far they went to either side. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** `undefined` of nothing. */
export function toSpread(values: readonly number[]): Spread | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const [least] = sorted;
  const most = sorted.at(-1);
  if (least === undefined || most === undefined) return undefined;
  return { median: quantile(sorted, 0.5), least, most };
}

/** Of values in ascending order, by linear interpolation; 0 of nothing. */
export function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? 0;
  const above = sorted[Math.ceil(position)] ?? below;
  return below + (above - below) * (position - Math.floor(position));
}
