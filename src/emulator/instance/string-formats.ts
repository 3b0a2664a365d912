import { hashText } from "../language/random.ts";
import type { Evidence } from "./evidence.ts";

/** A text of the format, for when the message has none. */
export function inventFormat(format: string, text: string): string | undefined {
  const hash = hashText(text).toString(16).padStart(8, "0");
  const examples: Readonly<Record<string, string>> = {
    email: "someone@example.com",
    uri: "https://example.com/",
    url: "https://example.com/",
    hostname: "example.com",
    ipv4: "192.0.2.1",
    ipv6: "2001:db8::1",
    uuid: `${hash}-1111-4111-8111-${hash}${hash.slice(0, 4)}`,
    date: "2026-01-15",
    "date-time": "2026-01-15T12:00:00Z",
    time: "12:00:00Z",
    duration: "P1D",
  };
  return examples[format];
}

/** The day and the time of the message, as one moment. */
export function takeDateTime(evidence: Evidence): string | undefined {
  const day = evidence.dates.shift();
  if (day === undefined) return undefined;
  const time = evidence.times.shift();
  return `${day}T${time === undefined ? "12:00:00" : toClock(time)}Z`;
}

function toClock(time: string): string {
  const match = /^(\d{1,2})(?::(\d{2}))?(?::(\d{2}))? ?(am|pm)?$/i.exec(time);
  const half = match?.[4]?.toLowerCase();
  const hour = (Number(match?.[1] ?? 12) % (half === undefined ? 24 : 12)) + (half === "pm" ? 12 : 0);
  return `${String(hour).padStart(2, "0")}:${match?.[2] ?? "00"}:${match?.[3] ?? "00"}`;
}

const CURRENCY = /\b(?:USD|EUR|GBP|JPY|CHF|CAD|AUD|CNY|INR|SEK|NOK|DKK|PLN|BRL|MXN)\b/g;

/** `from USD to EUR`: the last code for the property that is converted to, the first for any other. */
export function findCurrency(name: string, text: string): string | undefined {
  const codes = text.match(CURRENCY) ?? [];
  return /to|target|quote/i.test(name) ? codes.at(-1) : codes[0];
}
