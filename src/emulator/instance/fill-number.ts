import { numberOf, type JsonObject } from "../json-value.ts";
import { identifierWords, stem } from "../language/words.ts";
import type { Evidence } from "./evidence.ts";

/** A number that the message gives for this property: by its name, else, where one is due, the next one. */
export function findNumber(name: string, schema: JsonObject, evidence: Evidence, due: boolean): number | undefined {
  const named = numberByName(name, evidence);
  const number = named ?? (due ? evidence.numbers.shift() : undefined);
  return number === undefined ? undefined : fitNumber(number, schema);
}

export function inventNumber(schema: JsonObject): number {
  return fitNumber(numberOf(schema.minimum) ?? numberOf(schema.exclusiveMinimum) ?? 1, schema);
}

function numberByName(name: string, evidence: Evidence): number | undefined {
  for (const word of identifierWords(name)) {
    if (word.length < 2) continue;
    const root = stem(word).replaceAll(/[^\p{L}\p{N}]/gu, "");
    const before = new RegExp(String.raw`(-?\d+(?:\.\d+)?)[ -]?${root}`, "iu").exec(evidence.text)?.[1];
    const after = new RegExp(
      String.raw`\b${root}\p{L}*(?:\s+(?:is|of|to|at)|\s*[:=])?\s+[$€£]?(-?\d+(?:\.\d+)?)`,
      "iu",
    ).exec(evidence.text)?.[1];
    const found = before ?? after;
    if (found === undefined) continue;
    const index = evidence.numbers.indexOf(Number(found));
    if (index !== -1) evidence.numbers.splice(index, 1);
    return Number(found);
  }
  return undefined;
}

/** Moves a number inside the bounds, and onto an integer or a multiple where the schema wants one. */
function fitNumber(number: number, schema: JsonObject): number {
  const multiple = numberOf(schema.multipleOf) ?? 0;
  const step = multiple > 0 ? multiple : schema.type === "integer" ? 1 : undefined;
  const nudge = step ?? 0.5;
  const exclusiveMinimum = numberOf(schema.exclusiveMinimum);
  const exclusiveMaximum = numberOf(schema.exclusiveMaximum);
  const minimum = Math.max(
    numberOf(schema.minimum) ?? -Infinity,
    exclusiveMinimum === undefined ? -Infinity : exclusiveMinimum + nudge,
  );
  const maximum = Math.min(
    numberOf(schema.maximum) ?? Infinity,
    exclusiveMaximum === undefined ? Infinity : exclusiveMaximum - nudge,
  );
  const within = Math.min(Math.max(number, minimum), maximum);
  if (step === undefined) return within;
  const down = Math.floor(within / step) * step;
  return down >= minimum ? down : Math.ceil(within / step) * step;
}
