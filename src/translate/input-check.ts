import { Validator } from "@cfworker/json-schema";
import type { OutputUnit, Schema } from "@cfworker/json-schema";
import { GatewayError } from "../errors.ts";
import { isRecord } from "../json.ts";
import type { JsonRecord } from "../json.ts";

/** Workers AI's number for inputs that break the schema. */
const SCHEMA_BROKEN = 5006;

const validators = new WeakMap<JsonRecord, Validator>();

/**
 * Holds the inputs of a run against the published schema of the model, as Workers AI does before it runs it. Throws a
 * `GatewayError` that names the input at fault.
 */
export function refuseWrongInputs(inputs: JsonRecord, published: JsonRecord): void {
  const schema = pickForm(inputs, published);
  let validator = validators.get(schema);
  if (validator === undefined) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- any JSON object is a schema to this validator
    validator = new Validator(withoutNestedForms(schema) as Schema, "7", false);
    validators.set(schema, validator);
  }
  const { valid, errors } = validator.validate(inputs);
  if (valid) return;
  // The deepest complaint is the cause; those above it only say that something below is wrong.
  const [cause] = errors.toSorted((first, second) => depthOf(second) - depthOf(first));
  const param = toParam(cause?.instanceLocation ?? "#");
  throw refused(param === "" ? undefined : param, cause?.error ?? "The inputs break the model's schema.");
}

/** A schema may have several forms at its top, of which the inputs have to be one: a prompt, or messages. */
function pickForm(inputs: JsonRecord, schema: JsonRecord): JsonRecord {
  const forms = Array.isArray(schema["oneOf"]) ? schema["oneOf"].filter(isRecord) : [];
  if (forms.length === 0) return schema;
  const [form, other] = forms.filter((candidate) => namesOf(candidate).every((name) => name in inputs));
  if (form !== undefined && other === undefined) return form;
  const names = forms.map((candidate) => `'${namesOf(candidate).join("', '")}'`).join(" or ");
  throw refused(undefined, form === undefined ? `They need ${names}.` : `They take ${names}, not both.`);
}

function namesOf({ required }: JsonRecord): readonly string[] {
  return Array.isArray(required) ? required.filter((name) => typeof name === "string") : [];
}

/**
 * Quirk(native, all with a published schema, 2026-10): Workers AI's validator does not enforce alternatives inside the
 * elements of an array, and tools without a description pass. What it lets through is not refused here; test "is not
 * held to what Workers AI does not enforce".
 */
function withoutNestedForms(schema: unknown, isElement = false): unknown {
  if (Array.isArray(schema)) return schema.map((part: unknown) => withoutNestedForms(part, isElement));
  if (!isRecord(schema)) return schema;
  const kept = Object.entries(schema).filter(([keyword]) => !isElement || keyword !== "oneOf");
  return Object.fromEntries(
    kept.map(([keyword, value]) => [keyword, withoutNestedForms(value, isElement || keyword === "items")]),
  );
}

function depthOf({ instanceLocation }: OutputUnit): number {
  return instanceLocation.split("/").length;
}

/** `#/messages/0/content` is `messages[0].content`. */
function toParam(location: string): string {
  return location
    .split("/")
    .slice(1)
    .map((segment, position) => (/^\d+$/.test(segment) ? `[${segment}]` : position === 0 ? segment : `.${segment}`))
    .join("");
}

function refused(param: string | undefined, reason: string): GatewayError {
  const subject = param === undefined ? "The inputs break the model's schema" : `Invalid input '${param}'`;
  return new GatewayError("invalid_request", `${subject}: ${reason}`, { param, upstreamCode: SCHEMA_BROKEN });
}
