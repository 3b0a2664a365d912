import { numberOf, stringOf, type JsonObject } from "../json-value.ts";
import { contentWords, identifierWords } from "../language/words.ts";
import type { Evidence } from "./evidence.ts";
import { textForPattern } from "./pattern.ts";
import { afterCue, clauseAfter, takeAfter, takePlacedName } from "./string-cues.ts";
import { findCurrency, inventFormat, takeDateTime } from "./string-formats.ts";

const PLACES = ["city", "location", "place", "country", "town", "region", "address", "where", "capital"];
const PEOPLE = ["name", "person", "user", "author", "customer", "contact", "attendee", "title", "participant"];
const CODES = ["id", "number", "code", "order", "sku", "ticket", "symbol", "ticker"];
const TEXTS = [
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
  "task",
  "request",
];

type Has = (...kinds: readonly string[]) => boolean;

/** A string that the message means for this property, if there is one. Weaker signs count where a value is due. */
export function findString(name: string, schema: JsonObject, evidence: Evidence, due: boolean): string | undefined {
  const words = identifierWords(name);
  const has: Has = (...kinds) => words.some((word) => kinds.includes(word));
  const format = stringOf(schema.format) ?? "";
  if (format === "email" || has("email", "mail")) return evidence.emails.shift();
  if (format === "uri" || format === "url" || has("url", "uri", "link", "website")) return evidence.urls.shift();
  if (format === "date-time") return takeDateTime(evidence);
  if (format === "date" || has("date", "day", "deadline")) return evidence.dates.shift();
  if (format === "time" || has("time")) return evidence.times.shift();
  if (format !== "" && format !== "uuid") return undefined;
  if (has("expression", "formula", "equation", "calculation")) return evidence.expression;
  if (has("currency")) return findCurrency(name, evidence.text);
  if (has("from", "origin", "source", "departure")) return takeAfter(["from"], evidence);
  if (has("to", "recipient") && evidence.emails.length > 0) return evidence.emails.shift();
  if (has("to", "destination", "target", "arrival", "recipient")) return takeAfter(["to", "into"], evidence);
  return afterCue(name, evidence) ?? findByMeaning(has, evidence, due);
}

function findByMeaning(has: Has, evidence: Evidence, due: boolean): string | undefined {
  if (has(...PLACES)) return takePlacedName(evidence) ?? (due ? evidence.names.shift() : undefined);
  if (!due) return undefined;
  if (has(...PEOPLE)) return evidence.quoted.shift() ?? evidence.names.shift();
  if (has(...CODES)) return evidence.codes.shift() ?? evidence.quoted.shift();
  return has(...TEXTS) ? evidence.quoted.shift() : undefined;
}

/** A string that satisfies the schema when the message has none that is meant for it. */
export function inventString(name: string, schema: JsonObject, evidence: Evidence): string {
  const text = inventText(name, schema, evidence);
  const least = numberOf(schema.minLength) ?? 0;
  const padded = text.padEnd(least, " and so on");
  return padded.slice(0, numberOf(schema.maxLength) ?? padded.length);
}

function inventText(name: string, schema: JsonObject, evidence: Evidence): string {
  const pattern = stringOf(schema.pattern);
  if (pattern !== undefined) return textForPattern(pattern, evidence);
  const words = identifierWords(name);
  const formatted = inventFormat(stringOf(schema.format) ?? (words.includes("date") ? "date" : ""), evidence.text);
  if (formatted !== undefined) return formatted;
  if (words.some((word) => TEXTS.includes(word))) {
    return clauseAfter(["for", "about", "that", "saying"], evidence) ?? evidence.text.trim();
  }
  return (
    evidence.quoted.shift() ??
    evidence.names.shift() ??
    evidence.codes.shift() ??
    takeAfter(["in", "for", "about", "of", "to", "from", "on"], evidence) ??
    contentWords(evidence.text).at(-1) ??
    (name === "" ? "something" : words.join(" "))
  );
}
