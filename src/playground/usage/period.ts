/** Days as the admin API writes them, in UTC: `2026-11-26`. */

const DAY_MS = 86_400_000;

function toDay(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

/** As many days as that, the last of them being the day of `now`. */
export function lastDays(count: number, now: number): readonly string[] {
  return Array.from({ length: count }, (_none, position) => toDay(now - (count - 1 - position) * DAY_MS));
}

/** `26 Nov` */
export function formatDay(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
}
