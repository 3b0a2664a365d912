const MONTHS = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];
const MONTH = MONTHS.map((month) => (month === "may" ? month : `${month.slice(0, 3)}(?:${month.slice(3)})?`)).join("|");
const DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** Every way of writing a day that `parseDate` understands. */
export const DATES = new RegExp(
  [
    String.raw`\b\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?`,
    String.raw`\b(?:${MONTH})\.? \d{1,2}(?:st|nd|rd|th)?\b(?:,? \d{4})?`,
    String.raw`\b\d{1,2}(?:st|nd|rd|th|\.)? (?:of )?(?:${MONTH})\b(?:,? \d{4})?`,
    String.raw`\b(?:today|tonight|tomorrow|yesterday)\b`,
    String.raw`\b(?:next |on |this )?(?:${DAYS.join("|")})\b`,
  ].join("|"),
  "gi",
);

const DAY_MILLISECONDS = 86_400_000;

/** A written day as `2026-11-20`. */
export function parseDate(written: string, nowMilliseconds: number): string {
  const text = written.toLowerCase();
  const iso = /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0];
  if (iso !== undefined) return iso;
  const relative = { today: 0, tonight: 0, tomorrow: 1, yesterday: -1 }[text];
  if (relative !== undefined) return isoDay(nowMilliseconds + relative * DAY_MILLISECONDS);
  const weekday = DAYS.findIndex((day) => text.endsWith(day));
  if (weekday !== -1) {
    const ahead = (weekday - new Date(nowMilliseconds).getUTCDay() + 7) % 7;
    return isoDay(nowMilliseconds + (ahead === 0 ? 7 : ahead) * DAY_MILLISECONDS);
  }
  const month = MONTHS.findIndex((name) => text.includes(name.slice(0, 3)));
  const year = /\b\d{4}\b/.exec(text)?.[0] ?? String(new Date(nowMilliseconds).getUTCFullYear());
  const day = /\b(\d{1,2})(?:st|nd|rd|th|\.)?\b/.exec(text.replace(/\b\d{4}\b/, ""))?.[1] ?? "1";
  return `${year}-${String(month + 1).padStart(2, "0")}-${day.padStart(2, "0")}`;
}

function isoDay(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
