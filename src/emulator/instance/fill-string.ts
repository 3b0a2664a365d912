import { numberOf, stringOf, type JsonObject } from "../json-value.ts";
import { hashText } from "../language/random.ts";
import { contentWords, identifierWords } from "../language/words.ts";
import { isoDay } from "./dates.ts";
import type { Evidence } from "./evidence.ts";
import { textForPattern } from "./pattern.ts";

/** A string that the message clearly means for this property, if there is one. */
export function findString(name: string, schema: JsonObject, evidence: Evidence): string | undefined {
  const words = identifierWords(name);
  const has = (...kinds: readonly string[]) => words.some((word) => kinds.includes(word));
  const format = stringOf(schema.format);
  if (format === "email" || has("email", "mail")) return evidence.emails.shift();
  if (format === "uri" || format === "url" || has("url", "uri", "link", "website")) return evidence.urls.shift();
  if (format === "date-time") return toDateTime(evidence);
  if (format === "date" || has("date", "day", "deadline")) return evidence.dates.shift();
  if (format === "time" || has("time")) return evidence.times.shift();
  if (has("expression", "formula", "equation", "calculation")) return evidence.expression;
  if (has("currency")) return takeCurrency(name, evidence);
  if (has("from", "origin", "source", "departure")) return takeAfter("from", evidence);
  if (has("to", "destination", "target", "arrival", "recipient"))
    return evidence.emails[0] !== undefined && has("to", "recipient")
      ? evidence.emails.shift()
      : takeAfter("to|into", evidence);
  return afterCue(words, evidence) ?? findByMeaning(has, evidence);
}

function findByMeaning(has: (...kinds: readonly string[]) => boolean, evidence: Evidence): string | undefined {
  if (has("city", "location", "place", "country", "town", "region", "address", "destination", "where", "capital")) {
    return evidence.names.shift() ?? takeAfter("in|at|for|near|of", evidence);
  }
  if (has("name", "person", "user", "author", "customer", "contact", "attendee", "title", "participant")) {
    return evidence.quoted.shift() ?? evidence.names.shift();
  }
  if (has("id", "number", "code", "order", "sku", "ticket", "symbol", "ticker"))
    return evidence.codes.shift() ?? evidence.quoted.shift();
  if (
    has(
      "text",
      "message",
      "content",
      "body",
      "query",
      "question",
      "q",
      "search",
      "term",
      "input",
      "prompt",
      "subject",
      "topic",
      "keyword",
      "language",
    )
  ) {
    return evidence.quoted.shift();
  }
  return undefined;
}

/** A string that satisfies the schema when the message has none for it. */
export function inventString(name: string, schema: JsonObject, evidence: Evidence): string {
  const text = inventText(name, schema, evidence);
  const padded = text.padEnd(numberOf(schema.minLength) ?? 0, " and so on");
  return padded.slice(0, numberOf(schema.maxLength) ?? padded.length);
}

function inventText(name: string, schema: JsonObject, evidence: Evidence): string {
  const pattern = stringOf(schema.pattern);
  if (pattern !== undefined) return textForPattern(pattern, evidence);
  const formatted = inventFormat(stringOf(schema.format), evidence.text);
  if (formatted !== undefined) return formatted;
  const words = identifierWords(name);
  if (
    words.some((word) =>
      ["query", "question", "text", "message", "input", "prompt", "content", "task", "request"].includes(word),
    )
  ) {
    return takeAfter("for|about|that|saying", { ...evidence, names: [] }) ?? evidence.text.trim();
  }
  if (words.includes("date")) return isoDay(0);
  return (
    evidence.quoted.shift() ??
    evidence.names.shift() ??
    evidence.codes.shift() ??
    takeAfter("in|for|about|of|on|to|from", evidence) ??
    contentWords(evidence.text).at(-1) ??
    (name === "" ? "something" : words.join(" "))
  );
}

function inventFormat(format: string | undefined, text: string): string | undefined {
  const hash = hashText(text).toString(16).padStart(8, "0");
  switch (format ?? "") {
    case "email":
      return "someone@example.com";
    case "uri":
    case "url":
      return "https://example.com/";
    case "hostname":
      return "example.com";
    case "ipv4":
      return "192.0.2.1";
    case "ipv6":
      return "2001:db8::1";
    case "uuid":
      return `${hash}-1111-4111-8111-${hash}${hash.slice(0, 4)}`;
    case "date":
      return "2026-01-15";
    case "date-time":
      return "2026-01-15T12:00:00Z";
    case "time":
      return "12:00:00Z";
    case "duration":
      return "P1D";
    default:
      return undefined;
  }
}

function toDateTime(evidence: Evidence): string | undefined {
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

/** `from USD to EUR`: the code after the word that the property is named by, else the next one. */
function takeCurrency(name: string, evidence: Evidence): string | undefined {
  const codes = evidence.text.match(/\b(?:USD|EUR|GBP|JPY|CHF|CAD|AUD|CNY|INR|SEK|NOK|DKK|PLN|BRL|MXN)\b/g) ?? [];
  return /to|target|quote/i.test(name) ? codes.at(-1) : codes[0];
}

/** `city is Paris`, `title: "Plan"`, `named Ada`: the value that a message gives by the property's own name. */
function afterCue(words: readonly string[], evidence: Evidence): string | undefined {
  const cue = words.map((word) => word.replaceAll(/[^\p{L}\p{N}]/gu, "")).join("[ _-]?");
  if (cue === "") return undefined;
  const value = String.raw`["“'](?<quoted>[^"”']+)["”']|(?<name>\p{Lu}[\p{L}\p{M}'-]*(?: \p{Lu}[\p{L}\p{M}'-]*)*)|(?<word>[\p{L}\p{N}_.@-]*[\p{L}\p{N}])`;
  // The cue in any case, the value as it is written: names must keep their capitals.
  const anyCase = [...cue]
    .map((letter) => (/\p{L}/u.test(letter) ? `[${letter}${letter.toUpperCase()}]` : letter))
    .join("");
  const strict = new RegExp(
    String.raw`\b${anyCase}(?:d|ed)?(?:\s+is\s+|\s+are\s+|\s*[:=]\s*|\s+called\s+|\s+named\s+|\s+of\s+)(?:${value})`,
    "u",
  );
  const loose = new RegExp(
    String.raw`\b${anyCase}(?:d)?\s+(?:["“'](?<quoted>[^"”']+)["”']|(?<name>\p{Lu}[\p{L}\p{M}'-]*(?: \p{Lu}[\p{L}\p{M}'-]*)*))`,
    "u",
  );
  const groups = (strict.exec(evidence.text) ?? loose.exec(evidence.text))?.groups;
  const found = groups?.quoted ?? groups?.name ?? groups?.word;
  if (found !== undefined) forget(found, evidence);
  return found;
}

/** The words after a preposition: a name, or what stands before the next joint of the sentence. */
function takeAfter(prepositions: string, evidence: Evidence): string | undefined {
  const joint = String.raw`(?=\s+(?:in|at|for|to|from|on|with|and|then|by|please|using|of|about|tomorrow|today|next|this|or)\b|[.,;:!?\n]|$)`;
  const match = new RegExp(
    String.raw`\b(?:${prepositions})\s+(?:the |a |an )?(["“']?)([^\s.,;:!?"”][^.,;:!?"”\n]{0,80}?)\1${joint}`,
    "iu",
  ).exec(evidence.text);
  const found = match?.[2]?.trim();
  if (found === undefined || found === "") return undefined;
  forget(found, evidence);
  return found;
}

function forget(value: string, evidence: Evidence): void {
  for (const list of [evidence.names, evidence.quoted, evidence.codes, evidence.emails]) {
    const index = list.indexOf(value);
    if (index !== -1) list.splice(index, 1);
  }
}
