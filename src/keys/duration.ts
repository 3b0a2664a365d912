const UNIT_MS: ReadonlyMap<string | undefined, number> = new Map([
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
  ["w", 604_800_000],
]);

const DURATION = /^([1-9]\d{0,5})([smhdw])$/;

/** Milliseconds of `30s`, `5m`, `12h`, `30d` or `2w`; `undefined` for anything else. */
export function parseDuration(text: string): number | undefined {
  const [, count, unit] = DURATION.exec(text) ?? [];
  const length = UNIT_MS.get(unit);
  return length === undefined ? undefined : Number(count) * length;
}
