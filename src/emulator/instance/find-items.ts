import { stringOf, type JsonObject } from "../json-value.ts";
import { isVerbLike, type Evidence } from "./evidence.ts";
import { says } from "./mentions.ts";
import { schemaType } from "./resolve-schema.ts";

/** All the values of a kind that the message lists. */
export function findItems(item: JsonObject, evidence: Evidence, most: number): readonly unknown[] {
  const limit = Math.min(most, 20);
  const members = item.enum;
  if (Array.isArray(members)) return members.filter((member) => says(evidence.text, String(member))).slice(0, limit);
  const type = schemaType(item);
  if (type === "number" || type === "integer") return evidence.numbers.splice(0, limit);
  if (type !== "string" || stringOf(item.pattern) !== undefined) return [];
  if (item.format === "email" || evidence.emails.length > 1) return evidence.emails.splice(0, limit);
  if (evidence.quoted.length > 0) return evidence.quoted.splice(0, limit);
  const listed = listedWords(evidence.plain);
  if (listed.length > 1) return listed.slice(0, limit);
  return evidence.names.splice(0, limit);
}

/** `milk, eggs and bread`: the parts of an enumeration. */
function listedWords(text: string): readonly string[] {
  const match =
    /(?:^|[:\s])((?:[\p{L}\p{N}'-]+(?: [\p{L}\p{N}'-]+)?, ?)+(?:and |or )?[\p{L}\p{N}'-]+(?:,? (?:and|or) [\p{L}\p{N}'-]+)?|[\p{L}\p{N}'-]+ and [\p{L}\p{N}'-]+)/u.exec(
      text,
    )?.[1];
  return (match ?? "")
    .split(/, ?(?:and |or )?| and | or /u)
    .map((part) => part.trim().replace(/^\S+ (?=\S)/u, (first) => (isVerbLike(first.trim()) ? "" : first)))
    .filter((part) => part !== "");
}
